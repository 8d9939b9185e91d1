import { expect, test } from "vitest";
import { mayMatter } from "../../src/domain/triage.ts";
import { type OpenIntake, paderborn, proposed, today, withUkraine } from "./people.ts";

const open = withUkraine(paderborn, null);
const off = withUkraine(paderborn, false);
const on = withUkraine(paderborn, true, "2026-07-01");
const notYet = withUkraine(paderborn, true, "2026-12-01");

const person = {
  where: "delbrueck",
  needs: ["benefits"],
  age: "27to66",
  work: "yes",
  paper: "temp_protection_24",
} satisfies OpenIntake;
const jobcenter = ["ukraine_jobcenter: jobcenter"];
const both = [
  "ukraine_unclear_jobcenter: jobcenter ?",
  "ukraine_unclear_asylblg: sozialamt-kreis ?",
  "kim_two_areas: kim",
];
const social = ["ukraine_asylblg: sozialamt-kreis ?", "kim_no_case_management: kim"];

test.each([
  ["unknown", "before", open, jobcenter],
  ["unknown", "since", open, both],
  ["unknown", "unsure", open, both],
  ["unknown", undefined, open, both],
  ["as it was", "before", off, jobcenter],
  ["as it was", "since", off, jobcenter],
  ["as it was", "unsure", off, jobcenter],
  ["as it was", undefined, off, jobcenter],
  ["new", "before", on, jobcenter],
  ["new", "since", on, social],
  ["new", "unsure", on, both],
  ["new", undefined, on, both],
  ["new only from December on", "since", notYet, jobcenter],
] as const)("the law is %s, first document: %s", (_, firstDocument, place, expected) => {
  expect(proposed(place, { ...person, firstDocument })).toEqual(expected);
});

test.each([
  ["cannot work", { work: "no" }, "ukraine_cannot_work: sozialamt-kreis ?", "ukraine_unclear_sgb12: sozialamt-kreis ?"],
  ["is in pension age", { age: "67plus" }, "ukraine_age: sozialamt-kreis", "ukraine_unclear_age: sozialamt-kreis ?"],
] as const)("who %s goes to the Sozialamt", (_, answers, before, since) => {
  expect(proposed(open, { ...person, ...answers, firstDocument: "before" })[0]).toBe(before);
  expect(proposed(open, { ...person, ...answers, firstDocument: "since" })[0]).toBe(since);
});

test("a Fiktionsbescheinigung for § 24 counts like § 24, and as a change of status", () => {
  const answers = { ...person, paper: "fictional_certificate", fictionFor: "temp_protection_24" } as const;
  expect(proposed(open, { ...answers, firstDocument: "before" })).toEqual(["status_changing: kim ?", ...jobcenter]);
  expect(proposed(on, { ...answers, firstDocument: "since" })).toContain("ukraine_asylblg: sozialamt-kreis ?");
});

test("before the old law came into force no rule for Ukraine matches", () => {
  expect(proposed(off, person, Date.parse("2022-05-31T10:00Z"))).toEqual(["kim_no_match: kim"]);
});

test.each([
  ["unknown", true, open],
  ["as it was", false, off],
  ["new", true, on],
])("the first document is asked for when the law is %s: %s", (_, asked, place) => {
  expect(mayMatter(place, person, "firstDocument", today)).toBe(asked);
});

test("the first document is not asked for with another paper or without a need for money", () => {
  expect(mayMatter(open, { ...person, paper: "permit_work" }, "firstDocument", today)).toBe(false);
  expect(mayMatter(open, { ...person, needs: ["residence_law"] }, "firstDocument", today)).toBe(false);
});
