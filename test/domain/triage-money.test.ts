import { expect, test } from "vitest";
import { type OpenIntake, paderborn, proposed } from "./people.ts";

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
])("who pays for somebody %s", (_, answers, expected) => {
  expect(proposed(paderborn, answers)).toEqual(expected);
});
