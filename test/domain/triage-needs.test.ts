import { expect, test } from "vitest";
import { type OpenIntake, paderborn, proposed } from "./people.ts";

type Row = [who: string, answers: OpenIntake, proposed: string[]];
const adult = { where: "delbrueck", age: "27to66" } as const;
const money = { ...adult, needs: ["benefits"], payer: "nobody", work: "yes" } satisfies OpenIntake;

test.each<Row>([
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
])("what is proposed for somebody: %s", (_, answers, expected) => {
  expect(proposed(paderborn, answers)).toEqual(expected);
});
