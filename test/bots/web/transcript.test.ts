import { expect, test } from "vitest";
import { empty, firstWaiting, liveQuestion, merge, reduce } from "../../../bots/web/page/transcript.js";
import type { PageMessage } from "../../../bots/web/wire.ts";

type Transcript = typeof empty;

const message = (n: number, more: Partial<PageMessage> = {}): PageMessage => ({
  n,
  text: `message ${n}`,
  language: "en",
  direction: "ltr",
  buttons: [],
  standing: [],
  links: [],
  multiple: false,
  ...more,
});
const pulled = (before: Transcript, ...messages: PageMessage[]) =>
  reduce(before, { type: "pulled", pulled: { chat: "c", messages, last: messages.at(-1)?.n ?? 0 } });
const press = (before: Transcript, key: string, data: string, ref: string, label = "label") => {
  const body = { type: "press" as const, id: key, data, ref };
  return reduce(before, { type: "said", entry: { from: "me", key, body, label, state: "waiting" } });
};
const settled = (before: Transcript, key: string) => reduce(before, { type: "settled", key, state: "sent" });
const keys = ({ entries }: Transcript) => entries.map(({ key }) => key);

const choices = message(1, { ref: "q1", buttons: [{ label: "Yes", data: "1:yes" }] });
const toggles = message(1, { ref: "q1", multiple: true, buttons: [{ label: "A", data: "1:+a", chosen: false }] });

test("takes each message once, however often it comes", () => {
  const once = pulled(empty, message(1), message(2));
  expect(keys(once)).toEqual(["c.1", "c.2"]);
  expect(pulled(once, message(1), message(2))).toEqual(once);
  expect(keys(pulled(once, message(2), message(3)))).toEqual(["c.1", "c.2", "c.3"]);
});

test("counts anew when the service does not know the browser any more", () => {
  const before = pulled(empty, message(7));
  const after = reduce(before, { type: "pulled", pulled: { chat: "d", messages: [message(1)], last: 1 } });
  expect(keys(after)).toEqual(["c.7", "d.1"]);
  expect(after).toMatchObject({ chat: "d", last: 1 });
});

test("offers a question's choices until one is taken", () => {
  const asked = pulled(empty, choices);
  expect(liveQuestion(asked)?.answered).toBe(false);
  const answered = press(asked, "k", "1:yes", "q1");
  expect(liveQuestion(answered)?.answered).toBe(true);
  expect(firstWaiting(answered)?.key).toBe("k");
  expect(firstWaiting(settled(answered, "k"))).toBeUndefined();
});

test("offers nothing of an older question once words are asked for", () => {
  const asked = pulled(empty, choices, message(2, { ref: "q2" }));
  expect(liveQuestion(asked)?.message.buttons).toEqual([]);
});

test("shows a switched choice at once, and what the service says of it in the same place", () => {
  const asked = pulled(empty, toggles, message(2));
  const switched = press(asked, "k", "1:+a", "q1", "");
  expect(liveQuestion(switched)).toMatchObject({ answered: false, message: { buttons: [{ chosen: true }] } });
  const confirmed = pulled(
    settled(switched, "k"),
    message(3, { updates: "q1", multiple: true, buttons: [{ label: "A", data: "1:-a", chosen: true }] }),
  );
  expect(keys(confirmed)).toEqual(["c.1", "c.2"]);
  expect(liveQuestion(confirmed)?.message).toMatchObject({ ref: "q1", buttons: [{ data: "1:-a" }] });
  expect(pulled(confirmed, toggles)).toEqual(confirmed);
});

test("drops the bubble of a press that only turned its question's page, and no other", () => {
  const said = press(press(pulled(empty, choices), "sent", "1:more", "q1"), "waiting", "1:again", "q1");
  const updated = pulled(settled(said, "sent"), message(2, { updates: "q1", buttons: choices.buttons }));
  expect(keys(updated)).toEqual(["c.1", "waiting"]);
});

test("adds an update of a message that this browser does not have", () => {
  expect(keys(pulled(empty, message(5, { updates: "q9" })))).toEqual(["c.5"]);
});

test("keeps what was sent as sent, also when another tab says that it failed", () => {
  const sent = settled(press(pulled(empty, choices), "k", "1:yes", "q1"), "k");
  expect(reduce(sent, { type: "settled", key: "k", state: "failed" })).toEqual(sent);
});

test("takes over what another tab knows, and keeps what waits here", () => {
  const other = pulled(empty, choices, message(2));
  expect(merge(empty, other)).toEqual(other);
  const own = press(pulled(empty, choices), "k", "1:yes", "q1");
  expect(keys(merge(own, other))).toEqual(["c.1", "c.2", "k"]);
  expect(merge(other, own)).toEqual(other);
});
