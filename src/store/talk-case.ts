import type { ClientBase, Pool } from "pg";
import type { CaseStatus } from "../domain/case.ts";
import type { Actor } from "../domain/staff.ts";

/** A case as talks see it, and what it is to a member of staff. */
export interface TalkCase {
  id: string;
  code: string;
  contactId: string | null;
  status: CaseStatus;
  team: string;
  claimedBy: string | null;
  /** Whether the member has the case, or covers for an absent colleague who has it. */
  isOwn: boolean;
  lastPersonAt: Date | null;
  lastStaffAt: Date | null;
  readAt: Date | null;
}

/** Whether the person wrote and waits for an answer. */
export const isAnswered = `coalesce(f.last_person_at > coalesce(f.last_staff_at, f.claimed_at, '-infinity'), false)`;

/** The same of a case that was read. */
export function isWaiting({ lastPersonAt, lastStaffAt }: Pick<TalkCase, "lastPersonAt" | "lastStaffAt">): boolean {
  return (lastPersonAt ?? 0) > (lastStaffAt ?? 0);
}

/** Reads a case by its code, for somebody. */
export async function readTalkCase(
  client: ClientBase | Pool,
  code: string,
  actor: Actor,
): Promise<TalkCase | undefined> {
  const { rows } = await client.query<TalkCase>(
    `SELECT f.id, f.code, f.contact_id AS "contactId", f.status, f.team, f.claimed_by AS "claimedBy",
        f.last_person_at AS "lastPersonAt", f.last_staff_at AS "lastStaffAt", f.talk_read_at AS "readAt",
        coalesce(f.claimed_by_id = $2
          -- Who claimed in a room has no record there, only a name.
          OR (f.claimed_by_id NOT LIKE 'staff:%' AND f.claimed_by = $3)
          OR EXISTS (
            SELECT FROM staff s WHERE 'staff:' || s.id = f.claimed_by_id AND 'staff:' || s.cover_id = $2
              AND s.absent_from <= (now() AT TIME ZONE 'Europe/Berlin')::date
              AND coalesce(s.absent_until, 'infinity') >= (now() AT TIME ZONE 'Europe/Berlin')::date
          ), false) AS "isOwn"
      FROM case_file f WHERE f.code = $1`,
    [code, actor.id, actor.name],
  );
  return rows[0];
}
