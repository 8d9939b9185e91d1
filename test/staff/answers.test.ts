import { expect, test } from "vitest";
import type { z } from "zod";
import { intakeAnswers, whereSituations } from "../../src/domain/answers.ts";
import { authorityCodes, legalAreaCodes } from "../../src/domain/authority.ts";
import { answerLines, changesOf } from "../../src/staff/answers.ts";
import { place, german as texts } from "./stage.ts";

const words = { texts, place };

/** The codes that a question's schema allows; none where it is answered in words. */
function codesOf(schema: z.ZodType): string[] {
  const def = schema.def as unknown as {
    type: string;
    innerType?: z.ZodType;
    element?: z.ZodType;
    entries?: { [code: string]: string };
  };
  const inner = def.innerType ?? def.element;
  return inner ? codesOf(inner) : Object.values(def.entries ?? {});
}

test("has a German label for every question, every answer, every authority and every legal area", () => {
  const wanted = Object.entries(intakeAnswers.shape).flatMap(([question, schema]) => [
    `question.${question}`,
    ...codesOf(schema).map((code) => `answer.${question}.${code}`),
  ]);
  wanted.push(...whereSituations.map((code) => `answer.where.${code}`));
  wanted.push(...authorityCodes.map((code) => `authority.${code}`), ...legalAreaCodes.map((code) => `area.${code}`));
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((key) => texts.find(key) === undefined)).toEqual([]);
});

test("puts answers into German, and leaves words as they were written", () => {
  const lines = answerLines(words, {
    forWhom: "self",
    needs: ["benefits", "language"],
    where: "delbrueck",
    interpreter: "other",
    interpreterLanguage: "so",
    phone: "<b>0170</b>",
  });
  expect(lines.map(({ label, value, written }) => [label, value, written])).toEqual([
    ["Für wen", "für sich selbst", false],
    ["Bedarf", "Leistungen, Sprache", false],
    ["Wohnort", "Delbrück", false],
    ["Dolmetschen", "ja, in einer anderen Sprache", false],
    ["Dolmetschen in", "Somali", false],
    ["Telefon", "<b>0170</b>", true],
  ]);
});

test("shows a language that was written in words as it was written", () => {
  expect(answerLines(words, { forWhom: "self", interpreterLanguage: "Тігринья, please" })[1]).toMatchObject({
    value: "Тігринья, please",
    written: true,
  });
});

test("says what was changed, added and taken out", () => {
  const before = { forWhom: "self", where: "delbrueck", letter: "yes" } as const;
  const after = { forWhom: "self", where: "paderborn", age: "27to66" } as const;
  expect(changesOf(words, before, after)).toEqual([
    { label: "Wohnort", before: "Delbrück", after: "Paderborn" },
    { label: "Alter", after: "27 bis 66" },
    { label: "Brief mit Frist oder Ablehnung", before: "ja" },
  ]);
});

test("does not tell that an answer about papers was taken out", () => {
  const before = { forWhom: "self", paper: "tolerated", firstDocument: "unsure" } as const;
  expect(changesOf(words, before, { forWhom: "self" })).toEqual([]);
});
