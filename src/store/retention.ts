import type { Pool } from "pg";
import type { Retention } from "../domain/retention.ts";
import { eraseContacts } from "./erase-contacts.ts";
import { deleteReferring } from "./erase-rows.ts";
import { expireCase, type ForgetCards } from "./expire-case.ts";
import { inTransaction } from "./pool.ts";
import { type RetentionRule, retentionRules } from "./retention-rules.ts";

/** What is over of one kind, and since when the oldest of it was kept. */
export interface Due {
  kind: string;
  period: string;
  count: number;
  oldest: Date | null;
}

/** How much of each kind was removed. */
export type Counts = { [kind: string]: number };

// Small enough that nobody waits for its locks.
const atOnce = 200;

/** What the next run would remove. Changes nothing. */
export async function dueNow(pool: Pool, keep: Retention): Promise<Due[]> {
  const found: Due[] = [];
  for (const rule of await rulesInUse(pool)) {
    const period = rule.period(keep);
    const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
      // A rule without its period in the condition has to name it all the same: it is a parameter.
      `SELECT count(*)::int AS count, min(due.since) AS oldest FROM (${rule.due}) due WHERE $1::interval IS NOT NULL`,
      [period],
    );
    const [row] = rows;
    found.push({ kind: rule.kind, period, count: row?.count ?? 0, oldest: row?.oldest ?? null });
  }
  return found;
}

/**
 * Removes what is over, kind by kind and in small steps; stopped at any time, the next run goes on. A kind that fails
 * keeps no other from its turn: `failed` is told, and the run fails at its end, to be tried again. What was removed is
 * kept as a report.
 */
export async function applyRetention(
  pool: Pool,
  keep: Retention,
  { forgetCards, failed }: { forgetCards: ForgetCards; failed(kind: string, error: unknown): void },
): Promise<Counts> {
  const counts: Counts = {};
  let failure: unknown;
  for (const rule of await rulesInUse(pool)) {
    try {
      const count = await applyRule(pool, rule, rule.period(keep), forgetCards);
      if (count > 0) counts[rule.kind] = count;
    } catch (error) {
      failure ??= error;
      failed(rule.kind, error);
    }
  }
  await eraseStrays(pool);
  await pool.query(`INSERT INTO retention_report (counts) VALUES ($1)`, [JSON.stringify(counts)]);
  if (failure !== undefined) throw failure;
  return counts;
}

/** What the last runs removed, the newest first. */
export async function lastRetentionReports(pool: Pool, count: number): Promise<{ at: Date; counts: Counts }[]> {
  const { rows } = await pool.query<{ at: Date; counts: Counts }>(
    `SELECT at, counts FROM retention_report ORDER BY at DESC LIMIT $1`,
    [count],
  );
  return rows;
}

async function applyRule(pool: Pool, rule: RetentionRule, period: string, forgetCards: ForgetCards): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await step(pool, rule, period, forgetCards);
    total += count;
    if (count < atOnce) return total;
  }
}

async function step(pool: Pool, rule: RetentionRule, period: string, forgetCards: ForgetCards): Promise<number> {
  if ("contact" in rule.act) {
    const some = `s.contact_id IN (SELECT s.contact_id FROM session s WHERE ${rule.act.contact} LIMIT ${atOnce})`;
    return eraseContacts(pool, `${some} AND ${rule.act.contact}`, [period]);
  }
  if ("run" in rule.act) return (await pool.query(rule.act.run, [period, atOnce])).rowCount ?? 0;
  const { rows } = await pool.query<{ id: string }>(`${rule.due} LIMIT ${atOnce}`, [period]);
  let count = 0;
  for (const { id } of rows) if (await expireCase(pool, id, { condition: rule.act.case, period }, forgetCards)) count++;
  return count;
}

/** What somebody was writing of a case at the moment of its erasure, without a lock that either had to wait for. */
async function eraseStrays(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM case_file WHERE status = 'erased'`);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await deleteReferring(client, "case_file", ids, ["card", "case_event"]);
  });
}

async function rulesInUse(pool: Pool): Promise<RetentionRule[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL`,
    [retentionRules.flatMap(({ table }) => table ?? [])],
  );
  const there = new Set(rows.map((row) => row.name));
  return retentionRules.filter(({ table }) => table === undefined || there.has(table));
}
