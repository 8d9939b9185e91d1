import { expect, test } from "vitest";
import { loadPlace } from "../../src/places.ts";
import { loadTexts } from "../../src/texts.ts";
import { labelsOf, listenerOf, runsRightToLeft } from "./spoken.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();
const question = (language: string) => texts.text(language, "intake.letter");

test("hears sentences of another language, also in a longer text", () => {
  for (const language of place.languages) {
    const hear = listenerOf(language, place);
    expect(hear(`Delbrück. ${question(language)}`)).toEqual([]);
    for (const other of place.languages.filter((code) => code !== language))
      expect(hear(`${question(language)}\n${question(other)}`)).not.toEqual([]);
  }
});

test("hears a key, a placeholder, and a text that says nothing", () => {
  const hear = listenerOf("uk", place);
  expect(hear(`${question("uk")} intake.letter`)).toEqual(["intake.letter"]);
  expect(hear(`${question("uk")} {{name}}`)).toEqual(["{{", "}}"]);
  expect(hear("Delbrück 33129")).toHaveLength(1);
});

test("knows the labels of a language from others", () => {
  const knows = (label: string) => labelsOf("uk", place).some((known) => known.test(label));
  expect(["Ні", "Delbrück", "English"].map(knows)).toEqual([true, true, true]);
  expect(["Нет", "intake.letter.choice.no", ""].map(knows)).toEqual([false, false, false]);
});

test("sees where a line begins in the wrong direction", () => {
  expect(runsRightToLeft("نعم Jobcenter\n\u200fJobcenter نعم\n\u2068§ 24\u2069 نعم")).toBe(true);
  expect(runsRightToLeft("نعم\nJobcenter نعم")).toBe(false);
});
