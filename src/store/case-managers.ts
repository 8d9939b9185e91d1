import type { ClientBase, Pool } from "pg";
import type { Colleague } from "../domain/cover.ts";
import { readColleagues } from "./colleagues.ts";

/** All who can have cases, the absent ones among them, by name. */
export async function listCaseManagers(pool: Pool): Promise<Colleague[]> {
  const all = await readColleagues(pool);
  return all
    .filter(({ hasEnded, roles }) => !hasEnded && roles.includes("case_manager"))
    .sort((a, b) => a.name.localeCompare(b.name, "de") || (a.id < b.id ? -1 : 1));
}

/** One who can have cases now; nothing if that is over. */
export async function findCaseManager(
  client: ClientBase,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await client.query<{ id: string; name: string }>(
    // Shared, so that nobody ends who is just being given a case.
    `SELECT id, name FROM staff WHERE id = $1 AND ended_at IS NULL AND 'case_manager' = ANY (roles) FOR SHARE`,
    [id],
  );
  return rows[0];
}
