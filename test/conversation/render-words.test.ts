import { describe, expect, test } from "vitest";
import { makePrepared } from "../../src/conversation/prepared.ts";
import { fieldsOf, preparedKeys } from "../../src/domain/prepared.ts";
import { type OutgoingWords, type StaffWords, teamValue } from "../../src/domain/prompt.ts";
import { noon, place, render, texts } from "./talk.ts";

const message = (words: StaffWords, language = "en", name?: string): OutgoingWords => ({
  type: "words",
  words,
  from: { team: teamValue("nord"), ...(name && { name }) },
  language,
});
const free = (text: string, language = "de"): StaffWords => ({ type: "free", text, language });

test("says first that a person writes, of which team, and how to answer and to end", () => {
  const { text, buttons, standing, token } = render(message(free("Guten Tag")));
  const [head] = text.split("\n");
  expect(head).toMatch(
    /A person from KIM-Team Nord is writing to you, not the program.*answer here.*End the conversation/,
  );
  expect(buttons).toEqual([{ label: "End the conversation", data: "!end" }]);
  expect(standing.map(({ data }) => data)).toEqual(["!menu", "!urgent"]);
  expect(token).toBeUndefined();
});

test("gives a name only where it is given", () => {
  expect(render(message(free("x"), "de", "Anna Beispiel")).text).toContain("Anna Beispiel, KIM-Team Nord");
  expect(render(message(free("x"), "de")).text).not.toContain("Anna");
});

test("marks free words with their language, and takes nothing in them for markup", () => {
  const { text } = render(message(free("**fett** ***\n2**3 {{team}} $t(menu) <b>", "de")));
  expect(text).toContain("not translated: Deutsch\n");
  const words = text.slice(text.indexOf("Deutsch\n") + 8);
  expect(words).not.toContain("**");
  expect(words.replaceAll("\u2060", "")).toBe("**fett** ***\n2**3 {{team}} $t(menu) <b>");
});

test("isolates each line of free words where directions meet, and lets no mark of theirs through", () => {
  const { text, direction } = render(message(free("Guten Tag, \u202eHerr\u202c A.\n\nBis morgen!"), "ar"));
  expect(direction).toBe("rtl");
  expect(text).toContain("\u2068Guten Tag,  Herr  A.\u2069\n\n\u2068Bis morgen!\u2069");
  expect(render(message(free("مرحبا!", "ar"), "de")).text).toContain("\u2068مرحبا!\u2069");
  expect(render(message(free("Guten Tag"), "de")).text).not.toContain("\u2068");
});

describe("prepared messages", () => {
  const prepared = makePrepared(place);
  const filled = { day: "2026-11-25", time: "10:30", what: "Pass **und** Vertrag", question: "Was?", course: "B1" };
  const complete = {
    ...filled,
    where: prepared.choices("where")[0]?.value ?? "",
    office: prepared.choices("office")[0]?.value ?? "",
  };

  test("there are at least twelve, each complete in every language", () => {
    expect(preparedKeys.length).toBeGreaterThanOrEqual(12);
    for (const key of preparedKeys) {
      const made = prepared.fill(key, complete, noon);
      if (!("words" in made)) throw new Error(`${key} has faults`);
      for (const { code } of texts.languages) {
        const { text } = render(message(made.words, code));
        expect(text, `${key} in ${code}`).not.toMatch(/\{\{|undefined|\[object|prepared\./);
        expect(text.length).toBeLessThan(1_500);
        for (const { name, type } of fieldsOf(key))
          if (type === "text") expect(text, key).toContain(complete[name as "what"].replaceAll("**", ""));
      }
    }
  });

  test("are filled in by type, and say what is wrong with a field", () => {
    const faults = (fields: Record<string, string>) => {
      const made = prepared.fill("appointment", { ...complete, ...fields }, noon);
      return "faults" in made ? made.faults : {};
    };
    expect(faults({})).toEqual({});
    expect(faults({ day: "", time: "25:00", where: "offices.nowhere" })).toEqual({
      day: "missing",
      time: "invalid",
      where: "invalid",
    });
    expect(faults({ day: "2026-11-19" })).toEqual({ day: "past" });
    expect(faults({ day: "2026-11-20", where: "__proto__" })).toEqual({ where: "invalid" });
    expect(prepared.fill("bring_papers", { what: "x".repeat(301) }, noon)).toEqual({ faults: { what: "long" } });
  });

  test("show hours only of offices that have some, and mark what is an example", () => {
    for (const { value } of prepared.choices("office")) {
      const made = prepared.fill("office_hours", { office: value }, noon);
      expect("words" in made && render(message(made.words, "de")).text).toMatch(/\d:\d\d–\d/);
    }
  });
});
