import type { ClientBase, Pool } from "pg";
import type { Digest } from "../domain/digest.ts";

// Without an overview before this one, what came in within a day is new.
const firstLook = 24 * 60 * 60_000;

/** The teams that have had their overview of a day. */
export async function digestsOf(pool: Pool, day: string): Promise<Set<string>> {
  const { rows } = await pool.query<{ team: string }>(`SELECT team FROM digest WHERE day = $1`, [day]);
  return new Set(rows.map((row) => row.team));
}

/**
 * Makes a team's overview of a day the caller's, within its transaction. Undefined where another process made it;
 * answers since when cases are new.
 */
export async function takeDigest(
  client: ClientBase,
  { team, day, now }: { team: string; day: string; now: number },
): Promise<number | undefined> {
  const { rowCount } = await client.query(
    `INSERT INTO digest (team, day, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [team, day, new Date(now)],
  );
  if (rowCount !== 1) return undefined;
  const { rows } = await client.query<{ at: Date | null }>(
    `SELECT max(at) AS at FROM digest WHERE team = $1 AND day < $2`,
    [team, day],
  );
  return rows[0]?.at?.getTime() ?? now - firstLook;
}

/** Counts a team's cases for its overview, those of other teams that it was told of among them. */
export async function readDigest(
  client: ClientBase,
  { team, day, since }: { team: string; day: string; since: number },
): Promise<Digest> {
  const { rows } = await client.query(
    `SELECT count(*) FILTER (WHERE submitted_at > $3 AND team = $1)::int AS fresh,
        count(*) FILTER (WHERE status = 'open')::int AS waiting,
        count(*) FILTER (WHERE status = 'open' AND due_on = $2::date)::int AS "dueToday",
        count(*) FILTER (WHERE status = 'open' AND due_on < $2::date)::int AS overdue,
        count(*) FILTER (WHERE status = 'claimed' AND escalated > 0)::int AS silent,
        min(submitted_at) FILTER (WHERE status = 'open') AS oldest,
        (array_agg(code ORDER BY submitted_at, code) FILTER (WHERE status = 'open'))[1] AS code
      FROM case_file WHERE status IN ('open', 'claimed') AND (team = $1 OR $1 = ANY (told_teams))`,
    [team, day, new Date(since)],
  );
  const { fresh, waiting, dueToday, overdue, silent, oldest, code } = rows[0];
  return {
    fresh,
    waiting,
    dueToday,
    overdue,
    silent,
    oldest: oldest ? { code, submittedAt: oldest.getTime() } : undefined,
  };
}
