import { expect, test } from "vitest";
import { newAddress, toAddress, toTag } from "../../../bots/web/address.ts";
import { toIncoming } from "../../../bots/web/incoming.ts";
import { toCursor, toPulled } from "../../../bots/web/outgoing.ts";
import { RateLimit } from "../../../bots/web/rate.ts";
import { chooseLanguage } from "../../../bots/web/texts.ts";
import { question, rendered } from "../contract.ts";
import { texts } from "./texts.ts";

const id = "3f2c8a54-9d1e-4b7a-8c6f-0123456789ab";
const address = newAddress();

test.each([
  [
    { id, type: "words", text: "Guten Tag", hint: "uk" },
    { content: { type: "words", text: "Guten Tag" }, languageHint: "uk" },
  ],
  [{ id, type: "press", data: "1:yes", ref: "q1" }, { content: { type: "press", data: "1:yes", ref: "q1" } }],
  [{ id, type: "press", data: "!menu" }, { content: { type: "press", data: "!menu" } }],
  [
    { id, type: "start", door: "caritas-1", hint: "de-simple" },
    { content: { type: "start", door: "caritas-1" }, languageHint: "de-simple" },
  ],
])("reads what the page posts: %j", (body, expected) => {
  expect(toIncoming(body, address, 42)).toEqual({
    channel: "web",
    account: "web",
    id: `web:${toTag(address)}:${id}`,
    address,
    at: 42,
    ...expected,
  });
});

test.each([
  [undefined, [""]],
  ["text", [""]],
  [{ id, type: "blocked" }, ["type"]],
  [{ id: "1", type: "words", text: "" }, ["id", "text"]],
  [{ id, type: "press", data: "x".repeat(257), ref: "<q>" }, ["data", "ref"]],
  [{ id, type: "start", door: "../x" }, ["door"]],
  [{ id, type: "words", text: "x", hint: "'; drop" }, ["hint"]],
])("says which fields are wrong, and not what was in them: %j", (body, wrong) => {
  expect(toIncoming(body, address, 0)).toEqual({ wrong });
});

test("never takes a message of one browser for the same as one of another", () => {
  const [one, other] = [address, newAddress()].map((from) =>
    JSON.stringify(toIncoming({ id, type: "start" }, from, 0)),
  );
  expect(one).toContain(`"id":"web:${toTag(address)}:`);
  expect(other).not.toContain(toTag(address));
});

test("takes only its own addresses, which do not show in the tag", () => {
  expect(toAddress(address)).toBe(address);
  for (const other of [undefined, "", "x", `${address}x`, address.replace(/.$/, "=")]) {
    expect(toAddress(other)).toBeUndefined();
  }
  expect(address).not.toContain(toTag(address));
});

test("gives a question its ref and keeps its number to itself", () => {
  const pulled = toPulled("c", 3, [{ n: 4, message: question(1, { token: 12, updates: "q11" }) }]);
  expect(pulled).toMatchObject({ chat: "c", last: 4, messages: [{ n: 4, ref: "q12", updates: "q11" }] });
  expect(pulled.messages[0]).not.toHaveProperty("token");
  expect(toPulled("c", 3, [{ n: 9, message: rendered("x") }]).messages[0]).not.toHaveProperty("ref");
  expect(toPulled("c", 3, [])).toEqual({ chat: "c", messages: [], last: 3 });
});

test("confirms nothing by the cursor of another conversation", () => {
  expect(toCursor("c", { after: "7", chat: "c" })).toBe(7);
  expect(toCursor("c", { after: "7", chat: "d" })).toBe(0);
  expect(toCursor("c", { after: "-1", chat: "c" })).toBe(0);
  expect(toCursor("c", {})).toBe(0);
});

test("lets a burst pass, then as many as are due, and says how long to wait", () => {
  let now = 0;
  const limit = new RateLimit({ burst: 2, perSecond: 0.5 }, () => now);
  expect([limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")]).toEqual([0, 0, 2, 0]);
  now = 2_000;
  expect([limit.take("a"), limit.take("a")]).toEqual([0, 2]);
});

test.each([
  ["uk-UA,uk;q=0.9,en;q=0.8", "uk"],
  ["fr, en;q=0.1, ar;q=0.7", "ar"],
  ["DE-simple", "de-simple"],
  ["en;q=0, fr", "de"],
  ["", "de"],
  [undefined, "de"],
])("begins in the browser's language where it is offered, else in German: %s", (accepted, expected) => {
  expect(chooseLanguage(texts.languages, accepted).code).toBe(expected);
});
