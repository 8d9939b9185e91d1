import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type CaseOwners, sees } from "../../src/domain/permission.ts";
import { countCases, listCases } from "../../src/store/cases.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { createDatabase } from "../database.ts";
import { addCase, addColleague, keyringOf } from "../staff/stage.ts";

const database = await createDatabase();
const { pool } = database;
afterAll(() => database.drop());

test("lists and counts exactly the cases whose pages somebody may see", async () => {
  const prisma = await lazyPrisma(pool)();
  const [anna, berta] = [await addColleague(pool, "Anna"), await addColleague(pool, "Berta")];
  const owners: CaseOwners[] = ["nord", "stadt", "gone"].flatMap((team) =>
    [null, `staff:${anna}`, `staff:${berta}`, "telegram:1"].flatMap((claimedById) =>
      [null, anna].map((contactPersonId) => ({ team, claimedById, contactPersonId, toldTeams: [] as string[] })),
    ),
  );
  owners.push({ team: "nord", claimedById: null, contactPersonId: null, toldTeams: ["stadt", "koordination"] });
  const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  const codes = owners.map((_, index) => `AA-22${letters[index]}`);
  for (const [index, { team, claimedById, contactPersonId, toldTeams }] of owners.entries()) {
    const { id } = await addCase(pool, { code: codes[index] ?? "" });
    const values = [id, team, claimedById, contactPersonId, toldTeams];
    await pool.query(
      "UPDATE case_file SET team = $2, claimed_by_id = $3, contact_person_id = $4, told_teams = $5 WHERE id = $1",
      values,
    );
  }
  const scopes = fc.record({
    team: fc.constantFrom("nord", "stadt", "koordination", null),
    people: fc.subarray([anna, berta]),
    staffedTeams: fc.option(fc.subarray(["nord", "stadt"]), { nil: undefined }),
  });
  const keyring = await keyringOf(pool);
  await fc.assert(
    fc.asyncProperty(scopes, async (scope) => {
      const filter = { show: "all" as const, member: { id: `staff:${anna}`, name: "Anna" }, scope };
      const listed = (await listCases(prisma, keyring, filter, 0)).map(({ code }) => code).sort();
      expect(listed).toEqual(codes.filter((_, index) => sees(scope, owners[index] as CaseOwners)).sort());
      expect((await countCases(prisma, filter)).all).toBe(listed.length);
    }),
    { numRuns: 40 },
  );
});
