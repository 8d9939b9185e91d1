import { expect, test } from "vitest";
import { intakeAnswers } from "../../src/domain/answers.ts";
import { keepsCase, priorityOf, propose } from "../../src/domain/triage.ts";
import { mettmann, type OpenIntake, paderborn, proposed, recklinghausen, today } from "./people.ts";

const adult = { where: "delbrueck", age: "27to66" } as const;
const money = { ...adult, needs: ["benefits"], payer: "nobody", work: "yes" } satisfies OpenIntake;

test.each([
  ["gladbeck", "abh-gladbeck", "ebh-gladbeck", "jobcenter-gladbeck"],
  ["datteln", "abh-kreis", "ebh-kreis", "jobcenter-datteln"],
  ["haltern", "abh-kreis", "ebh-kreis", "jobcenter-haltern"],
  ["oer-erkenschwick", "abh-kreis", "ebh-kreis", "jobcenter-oer-erkenschwick"],
  ["waltrop", "abh-kreis", "ebh-kreis", "jobcenter-waltrop"],
  ["marl", "abh-marl", "ebh-marl", "jobcenter-marl"],
])("in Kreis Recklinghausen %s has the offices %s, %s and %s", (where, abh, ebh, jobcenter) => {
  expect(
    proposed(recklinghausen, {
      ...money,
      where,
      needs: ["benefits", "residence_law", "naturalisation"],
      paper: "permit_work",
    }),
  ).toEqual([`sgb2: ${jobcenter}`, `abh: ${abh}`, `naturalisation: ${ebh}`, "kim_two_areas: kim"]);
});

test("in Kreis Mettmann the Kreis is the Ausländerbehörde of all ten towns", () => {
  const offices = Object.keys(mettmann.municipalities).map(
    (where) => proposed(mettmann, { where, needs: ["residence_law"], paper: "permit_work" })[0],
  );
  expect(offices).toEqual(Array(10).fill("abh: abh"));
});

test.each([
  ["2026-02-08", "course_admission: courses ?"],
  ["2026-02-09", "course_suspended: kim ?"],
  ["2026-12-31", "course_suspended: kim ?"],
  ["2027-01-01", "course_open: kim ?"],
])("on %s an EU citizen's course is %s", (day, expected) => {
  const at = Date.parse(`${day}T11:00Z`);
  expect(proposed(paderborn, { ...adult, needs: ["language"], paper: "eu_citizen" }, at)[0]).toBe(expected);
});

test.each([
  ["2026-06-30T21:59Z", "Bürgergeld"],
  ["2026-06-30T22:00Z", "Grundsicherungsgeld"],
])("at %s, Berlin's midnight counts: the benefit is called %s", (moment, name) => {
  const proposals = propose(paderborn, { forWhom: "self", ...money, paper: "permit_work" }, Date.parse(moment));
  expect(proposals[0]?.values).toEqual({ sgb2_benefit: name });
});

test.each<[string, OpenIntake, string]>([
  ["a minor alone", { age: "under12", alone: "yes" }, "urgent"],
  ["a letter with a date", { ...money, letter: "yes", paper: "german" }, "urgent"],
  ["who asks for a protected place", { ...money, person: "protected", paper: "german" }, "high"],
  ["everybody else", { ...money, paper: "german" }, "normal"],
])("the priority of %s", (_, answers, priority) => {
  expect(priorityOf(propose(paderborn, intakeAnswers.parse({ forWhom: "self", ...answers }), today))).toBe(priority);
});

test.each<[string, OpenIntake, boolean]>([
  ["one office with its own case management is responsible", { ...money, paper: "permit_work" }, false],
  ["two legal areas match", { ...money, needs: ["benefits", "housing"], paper: "permit_work" }, true],
  ["no office has a case management", { ...adult, needs: ["naturalisation"] }, true],
  ["the status is changing", { ...money, paper: "fictional_certificate", fictionFor: "other" }, true],
  ["the person asks for KIM", { ...money, paper: "permit_work", person: "soon" }, true],
  ["one of several needs has no office", { ...money, needs: ["benefits", "naturalisation"], paper: "german" }, true],
])("whether KIM keeps the case when %s", (_, answers, kept) => {
  expect(keepsCase(propose(paderborn, intakeAnswers.parse({ forWhom: "self", ...answers }), today))).toBe(kept);
});
