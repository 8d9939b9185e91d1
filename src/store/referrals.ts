import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import type { Actor } from "../domain/staff.ts";
import { addEvent } from "./case-events.ts";
import { lastOfContact } from "./contact-lane.ts";
import type { Keyring } from "./keyring.ts";
import { addressOf } from "./lanes.ts";
import { inTransaction } from "./pool.ts";
import { unseal } from "./seal.ts";
import { isAnswered } from "./talk-case.ts";

/** A case manager asks whether answers may go to an office. */
export interface AskReferral {
  code: string;
  office: string;
  /** The questions whose answers would be sent, and the version of the intake that staff saw. */
  items: string[];
  version: number;
  confidentiality: boolean;
  by: Actor;
}

/**
 * Why it is not asked: a question to that office is open; the person said no or took it back, which only they change; the
 * case is not the asker's; newer answers came in; the person wants no messages; there is nothing to be asked any more.
 */
export type AskResult = "asked" | "pending" | "saidNo" | "notYours" | "changed" | "silent" | "over";

interface CaseRow {
  id: string;
  status: string;
  claimed_by: string | null;
  claimed_by_id: string | null;
  withdrawn_at: Date | null;
  version: number;
  silent: string | null;
  unasked: boolean | null;
}

/** Notes the question, for one at a time: the case's row is locked. It reaches the chat by `dueReferrals`. */
export async function askReferral(pool: Pool, ask: AskReferral): Promise<AskResult> {
  return inTransaction(pool, async (client) => {
    const row = await lockCase(client, ask.code);
    if (!row || row.withdrawn_at || !["open", "claimed"].includes(row.status)) return "over";
    if (!isClaimedBy(row, ask.by)) return "notYours";
    if (row.silent || row.unasked) return "silent";
    if (row.version !== ask.version) return "changed";
    const { rows } = await client.query<{ state: string }>(
      `SELECT r.state FROM referral r JOIN case_file f ON f.id = r.case_id
        WHERE f.contact_id = (SELECT contact_id FROM case_file WHERE id = $1) AND r.office = $2
        ORDER BY r.asked_at DESC LIMIT 1`,
      [row.id, ask.office],
    );
    const before = rows[0]?.state;
    if (before === "asked") return "pending";
    if (before === "refused" || before === "withdrawn") return "saidNo";
    await client.query(
      `INSERT INTO referral (id, case_id, office, items, intake_version, confidentiality, state, asked_by, asked_by_id,
          asked_at) VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $8, now())`,
      [randomUUID(), row.id, ask.office, ask.items, ask.version, ask.confidentiality, ask.by.name, ask.by.id],
    );
    await note(client, row.id, "referral_asked", ask.by, ask.office);
    return "asked";
  });
}

/**
 * Notes that the data was handed over on a day: only after the person's yes, and as long as it stands.
 *
 * @returns whether it was noted now
 */
export async function handOver(
  pool: Pool,
  { code, id, day, by }: { code: string; id: string; day: string; by: Actor },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ case_id: string; office: string }>(
      `UPDATE referral r SET state = 'handed_over', handed_over_on = $3::date, handed_over_by = $4 FROM case_file f
        WHERE r.id = $2 AND f.id = r.case_id AND f.code = $1 AND r.state = 'agreed' AND f.withdrawn_at IS NULL
        RETURNING r.case_id, r.office`,
      [code, id, day, by.name],
    );
    const [row] = rows;
    if (row) await note(client, row.case_id, "referral_handed_over", by, row.office);
    return row !== undefined;
  });
}

/** A question that has not reached its person's chat. */
export interface DueReferral {
  id: string;
  channel: ChannelName;
  address: string;
  askedAt: number;
}

/** Questions that are still to be put to people who can be written to. */
export async function dueReferrals(pool: Pool, keyring: Keyring): Promise<DueReferral[]> {
  const { rows } = await pool.query(
    `SELECT r.id, r.asked_at, c.id AS contact, c.channel, c.address, c.data_key FROM referral r
        JOIN case_file f ON f.id = r.case_id JOIN contact c ON c.id = f.contact_id JOIN session s ON s.contact_id = c.id
      WHERE r.state = 'asked' AND r.shown_at IS NULL AND s.silent IS NULL AND f.status IN ('open', 'claimed')
        AND (${lastOfContact("c.id")}) IS DISTINCT FROM 'withdrawn'
      ORDER BY r.asked_at LIMIT 500`,
  );
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    address: unseal(keyring.unwrap(row.data_key), addressOf.contact(row.contact), row.address),
    askedAt: row.asked_at.getTime(),
  }));
}

/** Whether somebody has a case. A claim from a room has the platform's id: there the name tells. */
export function isClaimedBy(
  { claimed_by, claimed_by_id }: { claimed_by: string | null; claimed_by_id: string | null },
  { id, name }: Actor,
): boolean {
  const fromRoom = claimed_by_id !== null && !/^(page|staff):/.test(claimed_by_id);
  return claimed_by_id === id || (fromRoom && claimed_by === name);
}

async function lockCase(client: PoolClient, code: string): Promise<CaseRow | undefined> {
  const { rows } = await client.query<CaseRow>(
    `SELECT f.id, f.status, f.claimed_by, f.claimed_by_id, f.withdrawn_at, s.silent,
        (SELECT max(version) FROM intake WHERE case_id = f.id) AS version,
        (${lastOfContact("f.contact_id")}) = 'withdrawn' AS unasked
      FROM case_file f JOIN session s ON s.contact_id = f.contact_id WHERE f.code = $1 FOR NO KEY UPDATE OF f`,
    [code],
  );
  return rows[0];
}

async function note(client: PoolClient, caseId: string, kind: string, by: Actor, office: string): Promise<void> {
  // No word to a person who wrote and waits: that they wait stays to be seen.
  await client.query(
    `UPDATE case_file f SET last_staff_at = CASE WHEN ${isAnswered} THEN last_staff_at ELSE now() END WHERE id = $1`,
    [caseId],
  );
  await addEvent(client, { caseId, at: Date.now(), kind, by, facts: { office } });
}
