import { expect, test } from "vitest";
import { NewerPositionError } from "../../src/conversation/position.ts";
import { unreadableKinds } from "../../src/domain/channel.ts";
import { noon, Talk, toIntake } from "./talk.ts";

const keys = (talk: Talk) => talk.outgoing.map(({ prompt }) => prompt.key);
const lead = (talk: Talk) => talk.outgoing.at(-1)?.prompt.lead;

test.each(unreadableKinds)("answers %s in words and asks again", (kind) => {
  const talk = new Talk().say(...toIntake);
  talk.send({ type: "unreadable", kind });
  expect(keys(talk)).toEqual(["intake.forWhom"]);
  expect(lead(talk)).toEqual({ type: "text", key: `unreadable.${kind}` });
});

test.each([
  ["an empty text", "", "retry.empty"],
  ["control characters", "\u0000\u0007\u200b", "retry.empty"],
  ["emoji", "😀😀", "retry.empty"],
  ["10,000 emoji", "😀".repeat(10_000), "retry.long"],
  ["more than 4,000 characters", "a ".repeat(2_500), "retry.long"],
])("answers %s with a reason and asks again", (_, text, why) => {
  const talk = new Talk().say(...toIntake);
  talk.send({ type: "words", text });
  expect(lead(talk)).toEqual({ type: "text", key: why });
});

test("finds urgent words at the end of a long text", () => {
  const talk = new Talk().say(...toIntake, `${"and then ".repeat(600)} he hits me`);
  expect(keys(talk)).toContain("urgent.numbers");
});

test("tells how an answer is changed when a message was edited", () => {
  const talk = new Talk().say(...toIntake);
  talk.send({ type: "edited" });
  expect(lead(talk)).toEqual({ type: "text", key: "edited" });
});

test("says that a button is of an older question, and shows the current one", () => {
  const talk = new Talk().say(...toIntake);
  const old = `${(talk.session.conversation.token - 1).toString(36)}:no`;
  talk.say("#self").send({ type: "press", data: old });
  expect(keys(talk)).toEqual(["intake.needs"]);
  expect(lead(talk)).toEqual({ type: "text", key: "stale" });
});

test("takes a double tap once", () => {
  const talk = new Talk().say(...toIntake);
  const data = `${talk.session.conversation.token.toString(36)}:self`;
  talk.send({ type: "press", data });
  talk.send({ type: "press", data });
  expect(talk.outgoing).toEqual([]);
  expect(talk.session.conversation.stack.at(-1)?.value).toBe("needs");
});

test("answers a flood once, takes its messages, and goes on when it is calm", () => {
  const talk = new Talk().say(...toIntake);
  const answers: string[] = [];
  for (let n = 0; n < 60; n++) {
    talk.at -= 5_000 - 20;
    talk.say("hm");
    answers.push(...keys(talk));
  }
  expect(answers.filter((key) => key === "flood")).toHaveLength(1);
  expect(answers.length).toBeLessThan(25);
  talk.at += 11_000;
  talk.say("#self");
  expect(keys(talk)).toEqual(["intake.needs"]);
});

test("hears a call for help in a flood", () => {
  const talk = new Talk().say(...toIntake);
  for (let n = 0; n < 30; n++) {
    talk.at -= 5_000;
    talk.say("hm");
  }
  talk.at -= 5_000;
  expect(keys(talk.say("emergency"))).toContain("urgent.numbers");
});

test("asks for the language in German and English when nothing hints at one", () => {
  const talk = new Talk({ hint: "" }).say("hello");
  expect(keys(talk)).toEqual(["home.anyLanguage"]);
});

test("takes a regional hint for its language, and an unknown one for none", () => {
  expect(new Talk({ hint: "de-AT" }).say("/start").outgoing[0]?.language).toBe("de");
  expect(keys(new Talk({ hint: "xx" }).say("/start"))).toEqual(["home.anyLanguage"]);
});

test("says nothing to whoever blocked it, and begins again when they write", () => {
  const talk = new Talk().say(...toIntake, "#self");
  talk.send({ type: "blocked" });
  expect([talk.outgoing, talk.session.silent]).toEqual([[], "blocked"]);
  talk.send({ type: "unblocked" });
  talk.send({ type: "reminder" });
  expect([talk.outgoing, talk.session.silent]).toEqual([[], "blocked"]);
  talk.say("housing");
  expect([keys(talk), talk.session.silent]).toEqual([["resume"], undefined]);
});

test("says goodbye to whoever says stop, and is silent until they write", () => {
  const talk = new Talk().say(...toIntake, "stop");
  expect([keys(talk), talk.session.silent]).toEqual([["stopped"], "stopped"]);
  talk.send({ type: "reminder" });
  expect(talk.outgoing).toEqual([]);
  expect(keys(talk.say("hello"))).toEqual(["resume"]);
});

test("offers an open intake once, then forgets it, and offers nothing to a phone that is not safe", () => {
  const talk = new Talk().say(...toIntake, "#self");
  talk.send({ type: "reminder" });
  expect(keys(talk)).toEqual(["resume"]);
  talk.say("#later").send({ type: "reminder" });
  expect([talk.session.conversation.stack.map(({ flow }) => flow), talk.outgoing]).toEqual([["home"], []]);

  const unsafe = new Talk().say(...toIntake, "!urgent", "#unsafe", "#continue");
  unsafe.send({ type: "reminder" });
  expect(unsafe.outgoing).toEqual([]);
});

test("keeps the partner's door until the agreement", () => {
  const talk = new Talk();
  talk.send({ type: "start", door: "caritas" });
  expect(talk.session.conversation.door).toBe("caritas");
});

test("gives a minor alone the number of whoever is on call outside of office hours", () => {
  const night = new Talk({ at: noon + 10 * 3_600_000 });
  night.say(...toIntake, "#self", "#+housing", "#+family", "#done", "#no", "#paderborn", "#no", "#12to17", "#yes");
  expect(keys(night)).toContain("intake.minor.closed");
});

test("refuses a position that a newer release wrote", () => {
  const stack = [{ flow: "home", version: 2, value: "main", context: { answers: {} } }];
  const talk = new Talk({ session: { language: "en", conversation: { stack, token: 1 } } });
  expect(() => talk.say("hello")).toThrow(NewerPositionError);
  const unknown = [{ flow: "booking", version: 1, value: "main", context: { answers: {} } }];
  const other = new Talk({ session: { language: "en", conversation: { stack: unknown, token: 1 } } });
  expect(() => other.say("hello")).toThrow(NewerPositionError);
});

test("an agreement without a chosen language counts in the one that was spoken", () => {
  const talk = new Talk({ hint: "de" }).say("Notfall", "#call");
  const { language, effects } = talk.send({ type: "words", text: "ja" });
  expect(effects).toHaveLength(1);
  expect(language).toBe("de");
});
