import type { Pool } from "pg";
import type { Actor } from "../domain/staff.ts";

/** The name that people see of a member of staff; none where their record does not say so. */
export async function shownName(pool: Pool, { id }: Actor): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT name FROM staff WHERE 'staff:' || id = $1 AND show_name`,
    [id],
  );
  return rows[0]?.name;
}
