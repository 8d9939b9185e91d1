import type { ClientBase, Pool } from "pg";
import { KeyError, type Wrapping } from "./wrapping.ts";

/**
 * How long nothing may have been wrapped by an older key until it counts as not needed (seconds): far longer than a
 * message takes from its data key to its commit.
 */
export const quietSeconds = 600;

/** Keys that another one has replaced can't come first again: two processes would take turns in changing everything. */
export async function refuseReplaced(pool: Pool, wrapping: Wrapping): Promise<void> {
  const [first] = wrapping.ids();
  const { rows } = await pool.query<{ day: string }>(
    `SELECT to_char(replaced_at, 'YYYY-MM-DD') AS day FROM encryption_key WHERE id = $1 AND replaced_at IS NOT NULL`,
    [first],
  );
  const [row] = rows;
  if (row)
    throw new KeyError(
      `The first key in ENCRYPTION_KEY (${first}) was replaced by a newer one on ${row.day}. Put the newer one first; ` +
        `"npm run keys -- status" says whether the old one is still needed behind it.`,
    );
}

/** Takes away the keys that nothing is wrapped by any more; answers their ids. */
export async function ignoreUnused(pool: Pool, wrapping: Wrapping, seconds = quietSeconds): Promise<string[]> {
  const [, ...older] = wrapping.ids();
  if (older.length === 0) return [];
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM encryption_key WHERE id = ANY ($1) AND unused_since < now() - make_interval(secs => $2)`,
    [older, seconds],
  );
  for (const { id } of rows) wrapping.ignore(id);
  return rows.map((row) => row.id);
}

/** Notes which key wraps now, and that it replaces the others. Within the transaction that changes them. */
export async function noteReplaced(client: ClientBase, active: string, before: string): Promise<void> {
  await client.query(`INSERT INTO encryption_key (id) VALUES ($1), ($2) ON CONFLICT DO NOTHING`, [active, before]);
  await client.query(`UPDATE encryption_key SET replaced_at = now() WHERE id <> $1 AND replaced_at IS NULL`, [active]);
}

/** Notes since when nothing is wrapped by an older key, or that something is. */
export async function noteUse(pool: Pool, id: string, isUsed: boolean): Promise<void> {
  await pool.query(
    `UPDATE encryption_key SET unused_since = CASE WHEN $2 THEN NULL ELSE coalesce(unused_since, now()) END WHERE id = $1`,
    [id, isUsed],
  );
}

/** Since when each key that was replaced is not used any more, by its id. */
export async function readHistory(pool: Pool): Promise<Map<string, { unusedSince: Date | undefined }>> {
  const { rows } = await pool.query<{ id: string; unused_since: Date | null }>(
    `SELECT id, unused_since FROM encryption_key WHERE replaced_at IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.id, { unusedSince: row.unused_since ?? undefined }]));
}
