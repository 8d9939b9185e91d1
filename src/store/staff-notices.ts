import type { ClientBase, Pool } from "pg";
import type { News, NewsFacts, NewsKind } from "../domain/news.ts";

/** News as one member of staff finds them on the page. */
export interface StaffNotice {
  id: string;
  at: Date;
  kind: NewsKind;
  facts: NewsFacts;
  /** The case it is about. */
  code: string | null;
}

// What nobody has looked at for so long is told by the list of cases itself.
const shownDays = 30;
// The list of cases below shall stay in sight.
const shown = 20;

/** Keeps news for the page, within the caller's transaction. */
export async function keepNotice(client: ClientBase, { kind, to, about, facts = {}, at }: News): Promise<void> {
  const [team, staff] = "team" in to ? [to.team, null] : [null, to.staff];
  await client.query(
    `INSERT INTO staff_notice (at, kind, team, staff_id, case_id, facts) VALUES ($1, $2, $3, $4, $5, $6)`,
    [new Date(at), kind, team, staff, about?.caseId ?? null, JSON.stringify(facts)],
  );
}

// A notice names a case: only who works with cases sees it, and never who works for the immigration or naturalisation
// authority. Teams are told of their own.
const isFor = `s.id = $1::uuid AND s.ended_at IS NULL AND 'case_manager' = ANY (s.roles) AND NOT s.roles && '{abh,ebh}'
  AND (n.staff_id = s.id OR n.team = s.team) AND n.over_at IS NULL AND n.at > now() - interval '${shownDays} days'
  AND NOT EXISTS (SELECT FROM staff_notice_seen x WHERE x.notice_id = n.id AND x.staff_id = s.id)`;

/** What a member of staff has not seen yet, the newest first; of an overview only the latest. */
export async function unseenNotices(pool: Pool, staffId: string): Promise<StaffNotice[]> {
  const { rows } = await pool.query<StaffNotice>(
    `SELECT n.id, n.at, n.kind, n.facts, f.code FROM staff s
        JOIN staff_notice n ON true LEFT JOIN case_file f ON f.id = n.case_id
      WHERE ${isFor} AND NOT (n.kind = 'digest' AND EXISTS (
        SELECT FROM staff_notice later WHERE later.kind = 'digest' AND later.team = n.team AND later.at > n.at))
      ORDER BY n.at DESC, n.id LIMIT ${shown}`,
    [staffId],
  );
  return rows;
}

/** Notes that a member of staff has seen notices; those of others stay as they are. */
export async function seeNotices(pool: Pool, staffId: string, ids: string[]): Promise<void> {
  await pool.query(
    `INSERT INTO staff_notice_seen (notice_id, staff_id)
      SELECT n.id, s.id FROM staff s JOIN staff_notice n ON true WHERE ${isFor} AND n.id = ANY ($2::uuid[])
      ON CONFLICT DO NOTHING`,
    [staffId, ids],
  );
}
