import type { Pool } from "pg";
import { coveredBy, staffedTeams } from "../domain/cover.ts";
import type { CaseScope } from "../domain/permission.ts";
import { readColleagues } from "./colleagues.ts";

/** Calendar days from and until which somebody is away, both included, and who stands in meanwhile. */
export interface CoveredAbsence {
  from: string | null;
  until: string | null;
  coverId: string | null;
}

/** How it went; a cover must be another case manager who is there. */
export type AbsenceChange = { type: "done" } | { type: "unknown" } | { type: "wrong_cover" };

/** Notes from and until which day somebody is away and who covers them; `from` null ends it. */
export async function setAbsence(pool: Pool, id: string, absence: CoveredAbsence): Promise<AbsenceChange> {
  const { from, until, coverId } = absence;
  const { rows } = await pool.query<{ there: boolean; done: boolean }>(
    `WITH cover AS (
       SELECT id FROM staff WHERE id::text = $4 AND ended_at IS NULL AND 'case_manager' = ANY (roles) AND id::text <> $1
     ), done AS (
       UPDATE staff SET absent_from = $2, absent_until = $3, cover_id = (SELECT id FROM cover)
       WHERE id::text = $1 AND ended_at IS NULL AND ($4::text IS NULL OR EXISTS (SELECT FROM cover)) RETURNING id
     ) SELECT EXISTS (SELECT FROM staff WHERE id::text = $1 AND ended_at IS NULL) AS there,
         EXISTS (SELECT FROM done) AS done`,
    [id, from, from && until, from && coverId],
  );
  if (!rows[0]?.there) return { type: "unknown" };
  return { type: rows[0].done ? "done" : "wrong_cover" };
}

/** Which cases a case manager sees on a calendar day. */
export async function readScope(
  pool: Pool,
  member: { id: string; team: string | null },
  { coordination, day }: { coordination: string; day: string },
): Promise<CaseScope> {
  const staff = await readColleagues(pool);
  const staffed = staffedTeams(staff, day);
  return {
    team: member.team,
    people: [member.id, ...coveredBy(staff, member.id, day)],
    // While nobody is at work in the coordination either, no case may be one that nobody sees.
    staffedTeams: member.team === coordination || !staffed.has(coordination) ? [...staffed] : undefined,
  };
}
