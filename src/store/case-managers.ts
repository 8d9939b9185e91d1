import type { ClientBase, Pool } from "pg";
import type { Colleague } from "../domain/cover.ts";
import type { Actor } from "../domain/staff.ts";

/** Somebody who can have cases. */
export type CaseManager = Pick<Colleague, "id" | "name" | "team">;

const active = `SELECT id, name, team FROM staff WHERE ended_at IS NULL AND 'case_manager' = ANY (roles)`;

/** All who can have cases now, by name. */
export async function listCaseManagers(pool: Pool): Promise<CaseManager[]> {
  const { rows } = await pool.query<CaseManager>(`${active} ORDER BY name, id`);
  return rows;
}

/** One who can have cases now; nothing if that is over. */
export async function findCaseManager(client: ClientBase, id: string): Promise<CaseManager | undefined> {
  // Shared, so that nobody ends who is just being given a case.
  const { rows } = await client.query<CaseManager>(`${active} AND id = $1 FOR SHARE`, [id]);
  return rows[0];
}

/** The team of whoever acts; none of a team, or without a record. */
export async function teamOfActor(pool: Pool, { id, name }: Actor): Promise<string | undefined> {
  const { rows } = await pool.query<{ team: string | null }>(
    `SELECT team FROM staff WHERE ended_at IS NULL AND CASE WHEN $1 LIKE 'staff:%' THEN 'staff:' || id = $1 ELSE name = $2 END
      ORDER BY created_at LIMIT 1`,
    [id, name],
  );
  return rows[0]?.team ?? undefined;
}
