import { expect, test } from "vitest";
import { place, Talk, toIntake } from "./talk.ts";

const toPaper = [...toIntake, "#self", "#+benefits", "#done", "#no", "#delbrueck", "#no", "#27to66", "#nobody", "#yes"];

/** The same rules, as if none of them looked at papers: the question does not come up. */
const withoutPapers = {
  ...place,
  rules: place.rules.map((rule) => {
    const strip = <T extends object>(conditions: T) =>
      Object.fromEntries(
        Object.entries(conditions).filter(([name]) => !["paper", "euStatus", "fictionFor"].includes(name)),
      );
    return { ...rule, when: strip(rule.when), ...(rule.any && { any: rule.any.map(strip) }) } as typeof rule;
  }),
};

test("a skipped paper can't be told from a question that did not come up", () => {
  const skipped = new Talk().say(...toPaper, "#skip", "#here", "#send");
  const neverAsked = new Talk({ place: withoutPapers }).say(...toPaper, "#here", "#send");
  expect(neverAsked.transcript).not.toContain("intake.paper");
  const requestOf = (talk: Talk) => talk.lines.find((line) => line.includes("submitIntake"));
  expect(requestOf(skipped)).toBe(requestOf(neverAsked));
  expect(skipped.log).toEqual(neverAsked.log);
  const { pace: _, token: __, pressed: ___, ...kept } = skipped.session.conversation;
  expect(neverAsked.session.conversation).toMatchObject(kept);
});

test("nor by which lines for staff were kept at one time", () => {
  const turnsOf = (talk: Talk, last: string[]) => {
    talk.say(...toPaper.slice(0, -1));
    return [toPaper.at(-1) ?? "", ...last].map((said) => {
      const before = talk.log.length;
      return talk.say(said).log.slice(before);
    });
  };
  const skipped = turnsOf(new Talk(), ["#skip", "#here"]);
  const neverAsked = turnsOf(new Talk({ place: withoutPapers }), ["#here"]);
  expect(skipped.filter((lines) => lines.length > 0)).toEqual(neverAsked.filter((lines) => lines.length > 0));
});

test("no press on a question about papers is remembered", () => {
  const talk = new Talk().say(...toPaper, "#skip");
  expect(JSON.stringify(talk.session)).not.toContain("skip");
});

test("a second tap on it still changes nothing", () => {
  const talk = new Talk().say(...toPaper);
  const { token } = talk.session.conversation;
  const data = `${token.toString(36)}:skip`;
  talk.send({ type: "press", data });
  talk.send({ type: "press", data });
  expect(talk.outgoing).toEqual([]);
  expect(talk.session.conversation.stack.at(-1)?.value).toBe("reach");
});

test("an answer about papers is in no line for staff, also when it is changed", () => {
  const talk = new Talk().say(...toPaper, "#tolerated", "#here", "#change", "#paper", "#skip", "#send");
  expect(JSON.stringify(talk.log)).not.toMatch(/paper|tolerated|Duldung|summary|change/);
  expect(talk.transcript).not.toMatch(/submitIntake.*paper/);
});

test("words that answer no question are kept nowhere", () => {
  const talk = new Talk().say(...toPaper, "I have no papers at all", "#here", "/menu", "something private");
  expect(JSON.stringify([talk.log, talk.session])).not.toMatch(/papers at all|something private/);
});

test("what is written in urgent help is kept nowhere, but for the number", () => {
  const talk = new Talk().say(...toIntake, "he beats me", "he is coming back", "#call", "#yes", "0170 1234567", "#any");
  expect(JSON.stringify([talk.log, talk.session.conversation])).not.toMatch(/beats|coming|0170/);
});

test("answers leave the conversation once they are sent", () => {
  const talk = new Talk().say(...toPaper, "#tolerated", "#phone", "0170 1234567", "#any", "#send");
  expect(JSON.stringify(talk.session.conversation.stack)).not.toMatch(/tolerated|0170|benefits|nobody/);
});

test("neither do those from before a change stay, where the change leads straight to a person", () => {
  const talk = new Talk().say(...toPaper, "#tolerated", "#here", "#change", "#age", "#12to17", "#yes");
  expect(talk.transcript).toContain("submitIntake");
  expect(JSON.stringify(talk.session.conversation.stack)).not.toMatch(/tolerated|benefits|nobody/);
});
