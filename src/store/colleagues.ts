import type { ClientBase, Pool } from "pg";
import type { Colleague } from "../domain/cover.ts";

/** Everybody who works with cases, or did: as far as it matters who looks after them. */
export async function readColleagues(client: ClientBase | Pool): Promise<Colleague[]> {
  const { rows } = await client.query<Colleague>(
    `SELECT id, name, team, roles, absent_from::text AS "absentFrom", absent_until::text AS "absentUntil",
        cover_id AS "coverId", ended_at IS NOT NULL AS "hasEnded" FROM staff`,
  );
  return rows;
}

/** How a case names a member of staff who has it. */
export function claimerId(staffId: string): string {
  return `staff:${staffId}`;
}

/** The member of staff who has a case; none where it was claimed by somebody in a room. */
export function staffIdOf(claimedById: string | null): string | undefined {
  return claimedById?.startsWith("staff:") ? claimedById.slice("staff:".length) : undefined;
}
