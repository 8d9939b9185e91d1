import { expect, test } from "vitest";
import { intakeAnswers } from "../../src/domain/answers.ts";
import { keepsCase, priorityOf, propose } from "../../src/domain/triage.ts";
import { mettmann, type OpenIntake, paderborn, proposed, recklinghausen, today } from "./people.ts";

type Row = [who: string, answers: OpenIntake, proposed: string[]];
const adult = { where: "delbrueck", age: "27to66" } as const;
const money = { ...adult, needs: ["benefits"], payer: "nobody", work: "yes" } satisfies OpenIntake;

test.each<Row>([
  // Money
  ["with a work permit, able to work", { ...money, paper: "permit_work" }, ["sgb2: jobcenter"]],
  [
    "recognised, whether able to work is unsure",
    { ...money, work: "unsure", paper: "recognised_protection" },
    ["sgb2: jobcenter"],
  ],
  [
    "with a settlement permit, age skipped",
    { ...money, age: undefined, paper: "settlement_permit" },
    ["sgb2: jobcenter"],
  ],
  ["a German", { ...money, paper: "german" }, ["sgb2: jobcenter"]],
  ["a late resettler aged 20", { ...money, age: "18to26", paper: "late_resettler" }, ["sgb2: jobcenter"]],
  [
    "with a family permit, cannot work",
    { ...money, work: "no", paper: "permit_family" },
    ["sgb12_cannot_work: sozialamt-kreis ?", "kim_no_case_management: kim"],
  ],
  [
    "with a settlement permit in pension age",
    { ...money, age: "67plus", work: undefined, paper: "settlement_permit" },
    ["sgb12_age: sozialamt-kreis", "kim_no_case_management: kim"],
  ],
  [
    "the same in the city of Paderborn",
    { ...money, where: "paderborn", age: "67plus", paper: "settlement_permit" },
    ["sgb12_age: sozialamt-paderborn", "kim_no_case_management: kim"],
  ],
  ["a student", { ...money, paper: "permit_study" }, ["sgb2_depends: jobcenter ?"]],
  [
    "under a ban on deportation: SGB II or AsylbLG",
    { ...money, paper: "humanitarian_other" },
    ["asylblg_25_5: sozialamt-kreis ?", "sgb2_depends: jobcenter ?", "kim_two_areas: kim"],
  ],
  [
    "in the asylum procedure",
    { ...money, paper: "asylum_permission" },
    ["asylblg: sozialamt-kreis", "kim_no_case_management: kim"],
  ],
  [
    "tolerated, in the city",
    { ...money, where: "paderborn", paper: "tolerated" },
    ["asylblg: sozialamt-paderborn", "kim_no_case_management: kim"],
  ],
  [
    "tolerated, in pension age",
    { ...money, age: "67plus", paper: "tolerated" },
    ["asylblg: sozialamt-kreis", "kim_no_case_management: kim"],
  ],
  [
    "tolerated, needs a doctor",
    { ...adult, needs: ["health"], paper: "tolerated" },
    ["asylblg: sozialamt-kreis", "health: kim", "participation_support: inclusion ?", "kim_two_areas: kim"],
  ],
  [
    "with a Fiktionsbescheinigung for a work permit",
    { ...money, paper: "fictional_certificate", fictionFor: "other" },
    ["sgb2_depends: jobcenter ?", "status_changing: kim ?"],
  ],
  [
    "with a Fiktionsbescheinigung for something skipped",
    { ...money, paper: "fictional_certificate" },
    ["sgb2_depends: jobcenter ?", "status_changing: kim ?"],
  ],
  [
    "just recognised, the Sozialamt still pays",
    { ...money, payer: "social_office", paper: "recognised_protection" },
    ["sgb2: jobcenter", "status_changing: kim ?"],
  ],
  [
    "at 67 still paid by the Jobcenter",
    { ...money, age: "67plus", payer: "jobcenter", paper: "settlement_permit" },
    ["sgb12_age: sozialamt-kreis", "status_changing: kim ?", "kim_no_case_management: kim"],
  ],
  [
    "paid by the Agentur für Arbeit",
    { ...money, payer: "employment_agency", paper: "permit_work" },
    ["sgb2: jobcenter", "sgb3_money: agentur", "kim_two_areas: kim"],
  ],
  [
    "a child, for the family's money",
    { ...money, age: "under12", alone: "no", paper: "permit_family" },
    ["minor_money: kim ?"],
  ],
  [
    "a child in the asylum procedure",
    { ...money, age: "12to17", alone: "no", paper: "asylum_permission" },
    ["asylblg: sozialamt-kreis", "kim_no_case_management: kim"],
  ],
  // No word about papers
  ["money, paper skipped", money, ["independent_advice: advice-refugees", "kim_no_case_management: kim"]],
  [
    "money, paper skipped, the Jobcenter pays",
    { ...money, payer: "jobcenter" },
    ["independent_advice: advice-refugees", "jobcenter_pays: jobcenter ?", "kim_no_case_management: kim"],
  ],
  [
    "money, paper skipped, the Sozialamt pays",
    { ...money, payer: "social_office" },
    ["independent_advice: advice-refugees", "social_office_pays: sozialamt-kreis ?", "kim_no_case_management: kim"],
  ],
  [
    "papers for the stay, paper skipped",
    { ...adult, needs: ["residence_law"] },
    ["independent_advice: advice-refugees", "kim_no_case_management: kim"],
  ],
  // EU citizens
  ["an EU citizen at work", { ...money, paper: "eu_citizen", euStatus: "working" }, ["eu_sgb2: jobcenter"]],
  [
    "an EU citizen here for five years, in pension age",
    { ...money, age: "67plus", paper: "eu_citizen", euStatus: "five_years" },
    ["eu_age: sozialamt-kreis", "kim_no_case_management: kim"],
  ],
  [
    "an EU citizen who worked and no longer can",
    { ...money, work: "no", paper: "eu_citizen", euStatus: "working" },
    ["eu_cannot_work: sozialamt-kreis ?", "kim_no_case_management: kim"],
  ],
  [
    "an EU citizen only looking for work",
    { ...money, paper: "eu_citizen", euStatus: "job_seeking" },
    ["eu_excluded: kim ?", "eu_mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "a young EU citizen in the first months",
    { ...money, age: "18to26", paper: "eu_citizen", euStatus: "first_months" },
    ["eu_excluded: kim ?", "eu_jmd: jmd", "kim_no_case_management: kim"],
  ],
  [
    "an EU citizen who is unsure",
    { ...money, paper: "eu_citizen", euStatus: "unsure" },
    ["eu_unclear: kim ?", "eu_mbe: mbe", "kim_no_case_management: kim"],
  ],
  // Urgent
  [
    "a minor alone",
    { where: "delbrueck", age: "12to17", alone: "yes", needs: ["housing"] },
    ["minor_alone: jugendamt-kreis ?", "housing: housing-kreis", "kim_two_areas: kim"],
  ],
  [
    "a minor alone in the city",
    { where: "paderborn", age: "under12", alone: "yes" },
    ["minor_alone: jugendamt-paderborn ?"],
  ],
  [
    "with a letter and nothing else told",
    { where: "delbrueck", letter: "yes" },
    ["letter_deadline: advice-refugees ?", "kim_no_case_management: kim"],
  ],
  [
    "with a letter and money: the letter first",
    { ...money, letter: "yes", paper: "permit_work" },
    ["letter_deadline: advice-refugees ?", "sgb2: jobcenter", "kim_no_case_management: kim"],
  ],
  ["wants to talk to a woman", { where: "delbrueck", person: "woman" }, ["person_asked: kim ?"]],
  // Work, family, school, health, home
  ["looks for work", { ...adult, needs: ["work_training"], payer: "work" }, ["sgb3_work: agentur"]],
  [
    "looks for work, the Jobcenter pays",
    { ...adult, needs: ["work_training"], payer: "jobcenter" },
    ["sgb2_work: jobcenter"],
  ],
  [
    "needs a Kita",
    { ...adult, needs: ["education_childcare"], children: "under6" },
    ["kita: jugendamt-kreis", "mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "needs a Kita and a school",
    { ...adult, needs: ["education_childcare"], children: "both" },
    ["kita: jugendamt-kreis", "school_entry: ki", "mbe: mbe", "kim_two_areas: kim"],
  ],
  [
    "is 15 and needs a school",
    { where: "delbrueck", age: "12to17", alone: "no", needs: ["education_childcare"] },
    ["school_entry: ki", "jmd: jmd", "kim_no_case_management: kim"],
  ],
  [
    "a parent who wants advice",
    { ...adult, needs: ["family"], children: "6to17" },
    ["parenting: jugendamt-kreis", "mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "family, without children",
    { ...adult, needs: ["family"], children: "none" },
    ["mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "health",
    { ...adult, needs: ["health"] },
    ["health: kim", "participation_support: inclusion ?", "kim_no_case_management: kim"],
  ],
  [
    "a home in the city",
    { where: "paderborn", age: "27to66", needs: ["housing"] },
    ["housing: housing-paderborn", "kim_no_case_management: kim"],
  ],
  [
    "a certificate, aged 24",
    { where: "delbrueck", age: "18to26", needs: ["recognition"] },
    ["recognition: recognition", "jmd: jmd", "kim_no_case_management: kim"],
  ],
  ["taking part", { ...adult, needs: ["participation"] }, ["mbe: mbe", "kim_no_case_management: kim"]],
  // Stay, naturalisation, courses
  [
    "tolerated, about the stay",
    { ...adult, needs: ["residence_law"], paper: "tolerated" },
    ["abh: abh-kreis", "stay_advice: advice-refugees", "kim_no_case_management: kim"],
  ],
  [
    "with a work permit, about the stay, in the city",
    { where: "paderborn", needs: ["residence_law"], paper: "permit_work" },
    ["abh: abh-paderborn", "kim_no_case_management: kim"],
  ],
  [
    "under § 104c",
    { ...adult, needs: ["residence_law"], paper: "chance_104c" },
    ["chance_ending: advice-refugees ?", "abh: abh-kreis", "kim_no_case_management: kim"],
  ],
  [
    "naturalisation with a settlement permit",
    { ...adult, needs: ["naturalisation"], paper: "settlement_permit" },
    ["naturalisation: ebh-kreis", "kim_no_case_management: kim"],
  ],
  [
    "naturalisation, paper skipped",
    { ...adult, needs: ["naturalisation"] },
    ["naturalisation: ebh-kreis", "kim_no_case_management: kim"],
  ],
  [
    "naturalisation with § 24",
    { ...adult, needs: ["naturalisation"], paper: "temp_protection_24" },
    ["naturalisation_not_with_this_paper: kim ?"],
  ],
  [
    "a German asks about naturalisation",
    { ...adult, needs: ["naturalisation"], paper: "german" },
    ["kim_no_match: kim"],
  ],
  [
    "a course with a family permit",
    { ...adult, needs: ["language"], paper: "permit_family" },
    ["course_entitled: courses", "mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "a course in the asylum procedure",
    { ...adult, needs: ["language"], paper: "asylum_permission" },
    ["course_suspended: kim ?"],
  ],
  [
    "a course, the Jobcenter pays",
    { ...adult, needs: ["language"], payer: "jobcenter", paper: "temp_protection_24" },
    ["course_suspended: kim ?", "course_by_jobcenter: jobcenter ?", "mbe: mbe", "kim_no_case_management: kim"],
  ],
  [
    "a course, paper skipped",
    { ...adult, needs: ["language"] },
    ["course_unknown: kim ?", "mbe: mbe", "kim_no_case_management: kim"],
  ],
  // KIM keeps
  [
    "two legal areas: money and a course",
    { ...money, needs: ["benefits", "language"], paper: "recognised_protection" },
    ["sgb2: jobcenter", "course_entitled: courses", "mbe: mbe", "kim_two_areas: kim"],
  ],
  ["nothing told", {}, ["kim_no_match: kim"]],
  [
    "lives elsewhere: no office is named but those for everybody",
    { where: "elsewhere", needs: ["residence_law"], paper: "tolerated" },
    ["abh: (abh)", "stay_advice: advice-refugees", "kim_no_case_management: kim"],
  ],
  [
    "in a shelter in Paderborn",
    { where: "shelter", town: "paderborn", needs: ["residence_law"], paper: "permit_work" },
    ["abh: abh-paderborn", "kim_no_case_management: kim"],
  ],
])("in Kreis Paderborn: %s", (_, answers, expected) => {
  expect(proposed(paderborn, answers)).toEqual(expected);
});

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
  [
    "one of several needs has no office",
    { ...money, needs: ["benefits", "participation"], paper: "permit_work" },
    true,
  ],
])("whether KIM keeps the case when %s", (_, answers, kept) => {
  expect(keepsCase(propose(paderborn, intakeAnswers.parse({ forWhom: "self", ...answers }), today))).toBe(kept);
});
