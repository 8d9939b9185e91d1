import fc from "fast-check";
import { expect, test } from "vitest";
import { type Colleague, coverOf, isPresent, staffedTeams } from "../../src/domain/cover.ts";
import { sendsOnTo, teamOf } from "../../src/domain/team.ts";
import { paderborn, recklinghausen } from "./people.ts";

const day = "2026-11-20";
const person = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  name: id,
  team: "nord",
  roles: ["case_manager"],
  absentFrom: null,
  absentUntil: null,
  coverId: null,
  hasEnded: false,
  ...more,
});
const away = { absentFrom: "2026-11-19", absentUntil: "2026-11-21" };

test.each([
  ["without an absence", {}, true],
  ["on the first day of it", { absentFrom: day }, false],
  ["on its last day", { absentFrom: "2026-11-01", absentUntil: day }, false],
  ["the day after", { absentFrom: "2026-11-01", absentUntil: "2026-11-19" }, true],
  ["before it begins", { absentFrom: "2026-11-21" }, true],
  ["who left", { hasEnded: true }, false],
  ["who does not work with cases", { roles: ["coordinator", "abh"] as Colleague["roles"] }, false],
])("%s somebody is there: %s", (_, more, expected) => {
  expect(isPresent(person("a", more), day)).toBe(expected);
});

test("the cover of an absent cover stands in; in a circle nobody does", () => {
  const [a, b, c] = [person("a", { ...away, coverId: "b" }), person("b", { ...away, coverId: "c" }), person("c")];
  expect(coverOf([a, b, c], "a", day)?.id).toBe("c");
  expect(coverOf([a, { ...b, coverId: "a" }, c], "a", day)).toBeUndefined();
  expect(coverOf([a, { ...b, hasEnded: true, coverId: null }, c], "a", day)).toBeUndefined();
  expect(coverOf([a, b, c], "nobody", day)).toBeUndefined();
});

test("whoever covers, they are there and somebody else", () => {
  const id = fc.constantFrom("a", "b", "c", "d");
  const colleague = fc.record({ coverId: fc.option(id), gone: fc.boolean(), ill: fc.boolean() });
  fc.assert(
    fc.property(fc.array(colleague, { minLength: 4, maxLength: 4 }), id, (rows, asked) => {
      const staff = rows.map(({ coverId, gone, ill }, index) =>
        person("abcd"[index] ?? "", { coverId, hasEnded: gone, ...(ill && away) }),
      );
      const cover = coverOf(staff, asked, day);
      if (cover) expect(isPresent(cover, day) && cover.id !== asked).toBe(true);
    }),
  );
});

test("a team without anybody at work sends on: region, then coordination", () => {
  const where = { where: "gladbeck" };
  expect(teamOf(recklinghausen, where)).toBe("gladbeck");
  expect(teamOf(recklinghausen, where, new Set(["gladbeck", "kim"]))).toBe("gladbeck");
  expect(teamOf(recklinghausen, where, new Set(["kim", "koordination"]))).toBe("kim");
  expect(teamOf(recklinghausen, where, new Set(["koordination"]))).toBe("koordination");
});

test("where nobody is anywhere, or only in teams that have nothing to do with it, a case stays", () => {
  expect(teamOf(paderborn, { where: "delbrueck" }, new Set())).toBe("nord");
  expect(teamOf(paderborn, { where: "delbrueck" }, new Set(["sued"]))).toBe("nord");
  expect(sendsOnTo(paderborn, { team: "nord", municipality: "delbrueck" }, new Set(["sued"]))).toBeUndefined();
});

test("a case that is open goes on only upwards, from whatever team it is with", () => {
  const staffed = staffedTeams([person("a", { team: "gladbeck" }), person("b", { team: "koordination" })], day);
  expect(sendsOnTo(recklinghausen, { team: "kim", municipality: "gladbeck" }, staffed)).toBe("koordination");
  expect(sendsOnTo(recklinghausen, { team: "gladbeck", municipality: "gladbeck" }, staffed)).toBeUndefined();
  expect(sendsOnTo(recklinghausen, { team: "elsewhere", municipality: "gladbeck" }, staffed)).toBe("gladbeck");
});
