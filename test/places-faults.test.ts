import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadPlace } from "../src/places.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "places-"));
  cpSync("prisma/places", folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes a data file of the copy; what is to be replaced must be there. */
function change(file: string, from: string, to: string) {
  const before = readFileSync(join(folder, file), "utf8");
  expect(before).toContain(from);
  writeFileSync(join(folder, file), before.replace(from, to));
}
/** The lines of the error after the first. */
function faults(id = "kreis-paderborn"): string[] {
  try {
    loadPlace(id, folder);
  } catch (error) {
    return String(error)
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

test.each<[string, string, string, string, string]>([
  [
    "an unknown code in a condition",
    "shared/rules/2-money.yaml",
    "paper: [permit_study, humanitarian_other]",
    "paper: [permit_stuy]",
    'shared/rules/2-money.yaml, rules "sgb2_depends", any.0.paper.0: Invalid option',
  ],
  [
    "an unknown set",
    "shared/rules/1-urgent.yaml",
    "$minor",
    "$minors",
    'shared/rules/1-urgent.yaml, rules "minor_alone", when.age.0: Invalid option',
  ],
  [
    "an unknown question",
    "shared/rules/1-urgent.yaml",
    "letter:",
    "leter:",
    'shared/rules/1-urgent.yaml, rules "letter_deadline", when.leter: no such field',
  ],
  [
    "an unknown authority",
    "shared/rules/8-advice.yaml",
    "authority: mbe",
    "authority: mbo",
    'shared/rules/8-advice.yaml, rules "mbe", propose.authority: Invalid option',
  ],
  [
    "a rule without a source",
    "shared/rules/8-advice.yaml",
    "    source: § 45 AufenthG; diakonie.de 2023-11\n",
    "",
    'shared/rules/8-advice.yaml, rules "mbe", source: Invalid input: expected string',
  ],
  [
    "a day that is none",
    "shared/rules/7-courses.yaml",
    'valid_to: "2026-02-08"',
    'valid_to: "2026-02-30"',
    'shared/rules/7-courses.yaml, rules "course_admission", valid_to: Invalid ISO date (found "2026-02-30")',
  ],
  [
    "a switch that is on without a day",
    "shared/law.yaml",
    "enabled: null",
    "enabled: true",
    "shared/law.yaml, switches.ukraine_2025.effective_from: is needed once the switch is on",
  ],
  [
    "a rule that comes twice",
    "shared/rules/8-advice.yaml",
    "id: jmd",
    "id: mbe",
    'shared/rules, rules "mbe", id: comes twice',
  ],
  [
    "an unknown switch",
    "shared/rules/3-ukraine.yaml",
    'switches: { ukraine_2025: ["on"] }',
    'switches: { ukraine: ["on"] }',
    'shared/rules, rules "ukraine_asylblg", switches.ukraine: no such switch in law.yaml',
  ],
  [
    "an unknown term",
    "shared/rules/4-eu.yaml",
    "terms: [sgb2_benefit]",
    "terms: [benefit]",
    'shared/rules, rules "eu_sgb2", propose.terms: no term "benefit" in law.yaml',
  ],
  [
    "an alternative that repeats a question",
    "shared/rules/5-work-family.yaml",
    "- { age: [under12] }",
    "- { needs: [family] }",
    'shared/rules, rules "kita", any: repeats needs of when',
  ],
  [
    "an end before the beginning",
    "shared/rules/7-courses.yaml",
    'valid_to: "2026-12-31"',
    'valid_to: "2026-01-31"',
    'shared/rules, rules "course_suspended", valid_to: is before valid_from',
  ],
  [
    "a note without a language",
    "shared/law.yaml",
    "      en: >-\n        For some groups",
    "      fr: >-\n        For some groups",
    "shared/law.yaml, notes.course_suspension.text: no text in en",
  ],
  [
    "a number without its German name",
    "shared/crisis.yaml",
    "name: { de: Polizei, de-simple:",
    "name: { de-simple:",
    'shared/crisis.yaml, numbers "police", name.de: is needed',
  ],
  [
    "a language without legal texts",
    "kreis-paderborn.yaml",
    "languages: [de, ",
    "languages: [de, xx, ",
    "shared/legal.xx.yaml: ENOENT",
  ],
  [
    "a placeholder that stands for nothing",
    "shared/legal.de.yaml",
    "{{officer}}",
    "{{officers}}",
    "shared/legal.de.yaml, notice.full: nothing to put in for {{officers}}",
  ],
  [
    "an office that is not there",
    "kreis-paderborn.yaml",
    "paderborn: abh-paderborn",
    "paderborn: abh-stadt",
    'kreis-paderborn.yaml, responsible.abh.paderborn: no office "abh-stadt"',
  ],
  [
    "an office that is another authority",
    "kreis-paderborn.yaml",
    "paderborn: abh-paderborn",
    "paderborn: ebh-paderborn",
    'kreis-paderborn.yaml, responsible.abh.paderborn: office "ebh-paderborn" is no abh',
  ],
  [
    "a municipality that is not there",
    "kreis-paderborn.yaml",
    "paderborn: abh-paderborn",
    "paderbron: abh-paderborn",
    "kreis-paderborn.yaml, responsible.abh.paderbron: no such municipality",
  ],
  [
    "a region that is not there",
    "kreis-paderborn.yaml",
    "region: stadt",
    "region: city",
    'kreis-paderborn.yaml, municipalities.paderborn.region: no region "city"',
  ],
  [
    "a team that is not there",
    "kreis-paderborn.yaml",
    "coordination: koordination",
    "coordination: leitung",
    'kreis-paderborn.yaml, coordination: no team "leitung"',
  ],
  [
    "a time that is none",
    "kreis-paderborn.yaml",
    'from: "08:30"',
    'from: "8:30"',
    'kreis-paderborn.yaml, office_hours.0.from: is no time such as 08:30 (found "8:30")',
  ],
  [
    "a youth office without the on-call route",
    "kreis-paderborn.yaml",
    "    outside_hours: *on_call\n",
    "",
    "kreis-paderborn.yaml, offices.jugendamt-paderborn.outside_hours: a youth office needs the on-call route",
  ],
  [
    "an id that is not the file's name",
    "kreis-paderborn.yaml",
    "id: kreis-paderborn",
    "id: kreis-paderbron",
    'kreis-paderborn.yaml, id: is not the file\'s name (found "kreis-paderbron")',
  ],
  [
    "a place without German",
    "kreis-paderborn.yaml",
    "languages: [de, ",
    "languages: [",
    "kreis-paderborn.yaml, languages: needs de: the German texts are binding",
  ],
  [
    "an independent advice that is a public office",
    "kreis-paderborn.yaml",
    "independent_advice: [advice-refugees]",
    "independent_advice: [jobcenter]",
    'kreis-paderborn.yaml, independent_advice: office "jobcenter" is no independent_advice',
  ],
  [
    "dates where none are kept",
    "kreis-paderborn.yaml",
    "elsewhere:\n",
    'elsewhere:\n  valid_from: "2026-01-01"\n',
    "kreis-paderborn.yaml, elsewhere.valid_from: no such field",
  ],
  ["what is no YAML", "shared/crisis.yaml", "numbers:\n", "numbers: [\n", "shared/crisis.yaml: "],
])("names file, item and field of %s", (_, file, from, to, expected) => {
  change(file, from, to);
  expect(faults()).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
});

test("tells all faults of all files at once", () => {
  change("shared/rules/1-urgent.yaml", "letter:", "leter:");
  change("shared/rules/8-advice.yaml", "authority: mbe", "authority: mbo");
  change("kreis-paderborn.yaml", 'from: "08:30"', 'from: "8:30"');
  change("shared/crisis.yaml", 'numbers: ["110"]', "numbers: []");
  const files = new Set(faults().map((fault) => fault.split(",")[0]));
  expect(files).toEqual(
    new Set(["kreis-paderborn.yaml", "shared/rules/1-urgent.yaml", "shared/rules/8-advice.yaml", "shared/crisis.yaml"]),
  );
});
