import fc from "fast-check";
import { expect, test } from "vitest";
import { areCompatible, may, permissionsOf } from "../../src/domain/permission.ts";
import { type Role, roles, staffDetails } from "../../src/domain/staff.ts";

const anyRoles = fc.subarray([...roles]);

test("adds up what several roles may, but shows cases to nobody of the immigration authority", () => {
  fc.assert(
    fc.property(anyRoles, anyRoles, (some, more) => {
      const both = [...some, ...more];
      const isAuthority = both.includes("abh") || both.includes("ebh");
      expect(may(both, "cases")).toBe(both.includes("case_manager") && !isAuthority);
      const expected = new Set([...permissionsOf(some), ...permissionsOf(more)]);
      if (isAuthority) expected.delete("cases");
      expect(new Set(permissionsOf(both))).toEqual(expected);
    }),
  );
});

test.each<[Role[], boolean]>([
  [["abh", "ebh"], true],
  [["case_manager", "coordinator", "administrator"], true],
  [["abh", "case_manager"], false],
  [["ebh", "administrator", "case_manager"], false],
])("says of %j whether one person can have them: %s", (given, expected) => {
  expect(areCompatible(given)).toBe(expected);
  const entered = staffDetails(["nord"]).safeParse({ name: "Anna", roles: given, team: "nord" });
  expect(entered.success).toBe(expected);
});
