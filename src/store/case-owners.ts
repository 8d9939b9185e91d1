import type { Pool } from "pg";
import type { CaseOwners } from "../domain/permission.ts";

/** Reads what decides who may see a case; nothing where no case has that code. */
export async function readCaseOwners(pool: Pool, code: string): Promise<({ id: string } & CaseOwners) | undefined> {
  const { rows } = await pool.query<{ id: string } & CaseOwners>(
    `SELECT id, team, claimed_by_id AS "claimedById", contact_person_id AS "contactPersonId",
       told_teams AS "toldTeams"
     FROM case_file WHERE code = $1`,
    [code],
  );
  return rows[0];
}
