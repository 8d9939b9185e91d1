import fc from "fast-check";
import { expect, test } from "vitest";
import { questionOf } from "../../src/conversation/position.ts";
import { type Content, unreadableKinds } from "../../src/domain/channel.ts";
import { questionsOfFlows } from "../flows/keys.ts";
import { render, Talk, texts } from "./talk.ts";

const privateKeys = questionsOfFlows()
  .filter(({ question }) => question.private)
  .map(({ question }) => question.key);

/** What somebody does: press some button that is shown or was, write something, or send what can't be read. */
type Act = { type: "button"; index: number } | { type: "content"; content: Content };

const words = fc.oneof(
  fc.constantFrom("yes", "no", "1", "3", "33129", "Büren", "0170 1234567", "34", "done", "/back", "/menu", "/start x"),
  fc.constantFrom(
    "/stop",
    "/help",
    "/language",
    "deutsch",
    "he hits me",
    "/data",
    "/delete",
    "more …",
    "§ 24",
    "**x**",
  ),
  fc.constantFrom("", " ", "\u0000\u0007", "😀".repeat(10_000), "x".repeat(5_000), "{{at}} $t(menu)", "constructor"),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);
const data = fc.oneof(
  fc.constantFrom("!menu", "!urgent", "!", ":", "0:", "1:page:99", "1:page:-1", "claim:K7-42M", "__proto__:x"),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom("yes", "+housing", "-x", "done", "send", "page:1", "skip"))
    .map(([token, value]) => `${token.toString(36)}:${value}`),
  fc.string({ maxLength: 70 }),
);
const content: fc.Arbitrary<Content> = fc.oneof(
  { weight: 6, arbitrary: words.map((text): Content => ({ type: "words", text })) },
  { weight: 2, arbitrary: data.map((one): Content => ({ type: "press", data: one })) },
  fc.constantFrom(...unreadableKinds).map((kind): Content => ({ type: "unreadable", kind })),
  fc.constantFrom<Content>(
    { type: "start" },
    { type: "start", door: "caritas" },
    { type: "edited" },
    { type: "blocked" },
    { type: "unblocked" },
    { type: "reminder" },
  ),
);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 7, arbitrary: fc.nat({ max: 40 }).map((index): Act => ({ type: "button", index })) },
    { weight: 3, arbitrary: content.map((one): Act => ({ type: "content", content: one })) },
  ),
  { maxLength: 60 },
);

test("any sequence of messages is answered, and leaves a question that can be asked", () => {
  fc.assert(
    fc.property(acts, fc.constantFrom("", "en", "de", "uk", "ar"), (all, hint) => {
      const talk = new Talk({ hint });
      let buttons: string[] = [];
      for (const act of all) {
        const received: Content =
          act.type === "content"
            ? act.content
            : { type: "press", data: buttons[act.index % Math.max(buttons.length, 1)] ?? "!menu", ref: "m" };
        talk.send(received);
        for (const message of talk.outgoing) {
          const rendered = render(message);
          expect(rendered.text.trim()).not.toBe("");
          expect(rendered.text).not.toMatch(/\{\{|undefined|\[object/);
          for (const { label, data: sent } of [...rendered.buttons, ...rendered.standing]) {
            expect(label).not.toBe("");
            expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(64);
          }
          if (rendered.buttons.length > 0) buttons = [...rendered.buttons, ...rendered.standing].map((one) => one.data);
        }
        expectSound(talk);
      }
    }),
    { numRuns: 300 },
  );
});

test("while staff write, every word is handed on or answered, and no question comes that was not asked for", () => {
  const all = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant({ type: "staff" } as const) },
      { weight: 3, arbitrary: fc.nat({ max: 40 }).map((index): Act => ({ type: "button", index })) },
      { weight: 8, arbitrary: content.map((one): Act => ({ type: "content", content: one })) },
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(all, (sequence) => {
      const talk = new Talk().say("/start", "#en", "#help", "#yes");
      let buttons: string[] = [];
      for (const act of sequence) {
        if (act.type === "staff") {
          talk.staffWrites();
          continue;
        }
        const { talking, conversation } = talk.session;
        const [logged, aside] = [talk.log.length, conversation.talk?.aside];
        const data = act.type === "button" ? (buttons[act.index % Math.max(buttons.length, 1)] ?? "!end") : "";
        const received: Content = act.type === "content" ? act.content : { type: "press", data, ref: "m" };
        talk.send(received);
        const kept = talk.log.slice(logged).some(({ type }) => type === "wrote");
        const asked = talk.outgoing.some(({ token }) => token !== undefined);
        if (received.type === "words" && talking) expect(kept || talk.outgoing.length > 0).toBe(true);
        if (kept && aside === undefined) expect([talking, asked]).toEqual(["case", false]);
        if (kept) expect(talking).toBe("case");
        const shown = talk.outgoing.map(render).flatMap((one) => [...one.buttons, ...one.standing]);
        if (shown.length > 0) buttons = shown.map((one) => one.data);
        if (talk.session.conversation.stack.length > 0) expectSound(talk);
        if (!talk.session.talking) expect(talk.session.conversation.talk).toBeUndefined();
      }
    }),
    { numRuns: 300 },
  );
});

function expectSound({ session, log }: Talk): void {
  const { stack, agreed } = session.conversation;
  const top = stack.at(-1);
  if (top) expect(questionOf(top), `${top.flow}.${String(top.value)}`).toBeDefined();
  if (top) expect(stack[0]?.flow).toBe("home");
  expect(new Set(stack.map(({ flow }) => flow)).size).toBe(stack.length);
  if (log.length > 0 && !agreed) expect(session.conversation.token).toBeGreaterThan(0);
  for (const line of log) {
    // What is written to staff is for them to read, whatever it is.
    if (line.type === "wrote" || line.type === "unseen" || line.type === "staff") continue;
    const key = line.type === "said" ? line.key : line.question;
    expect(texts.has(key)).toBe(true);
    expect(privateKeys).not.toContain(key);
    expect(JSON.stringify(line)).not.toMatch(/urgent|intake\.(paper|fictionFor|firstDocument|euStatus)/);
  }
}

test("nothing is kept for staff before the agreement", () => {
  const talk = new Talk().say(
    "/start",
    "#en",
    "#orientation",
    "#advice",
    "#end",
    "#data",
    "#end",
    "#help",
    "#read",
    "#no",
  );
  expect(talk.log).toEqual([]);
});
