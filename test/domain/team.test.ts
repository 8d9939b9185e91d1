import { expect, test } from "vitest";
import { municipalityOf, teamOf, teamsOf } from "../../src/domain/team.ts";
import { officeFor } from "../../src/domain/triage.ts";
import { paderborn, recklinghausen } from "./people.ts";

test.each([
  [{ where: "delbrueck" }, "delbrueck", ["nord", "koordination"]],
  [{ where: "paderborn" }, "paderborn", ["stadt", "koordination"]],
  [{ where: "shelter", town: "bueren" }, "bueren", ["sued", "koordination"]],
  [{ where: "shelter" }, undefined, ["koordination"]],
  [{ where: "not_here" }, undefined, ["koordination"]],
  [{ where: "elsewhere", town: "bueren" }, undefined, ["koordination"]],
  [{ where: "toString" }, undefined, ["koordination"]],
  [{}, undefined, ["koordination"]],
])("%j lives in %s: the teams are %j", (answers, municipality, teams) => {
  expect(municipalityOf(paderborn, answers)).toBe(municipality);
  expect(teamsOf(paderborn, answers)).toEqual(teams);
  expect(teamOf(paderborn, answers)).toBe(teams[0]);
});

test("a municipality's own team comes before the region's", () => {
  expect(teamsOf(recklinghausen, { where: "gladbeck" })).toEqual(["gladbeck", "kim", "koordination"]);
});

test("where the municipality is not known, only an office that is the same for everybody is named", () => {
  expect(officeFor(paderborn, "abh", {})).toBeUndefined();
  expect(officeFor(paderborn, "abh", { where: "paderborn" })).toBe("abh-paderborn");
  expect(officeFor(paderborn, "abh", { where: "bueren" })).toBe("abh-kreis");
  expect(officeFor(paderborn, "jobcenter", {})).toBe("jobcenter");
});
