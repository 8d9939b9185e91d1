import type { Pool, PoolClient } from "pg";
import type { OutgoingPrompt, Priority, Prompt } from "../domain/prompt.ts";
import { addEvent } from "./case-events.ts";
import { lastOfContact, lockContact, writeToContact } from "./contact-lane.ts";
import type { Tell } from "./escalations.ts";
import type { Keyring } from "./keyring.ts";
import { unsealConversation } from "./sessions.ts";

/** A case whose person was promised an answer for a day that is over. */
export interface LateCase {
  caseId: string;
  contactId: string;
}

// Claims, words of staff and the end of a case end it. Whoever is talking with staff knows that somebody is there.
const isLate = `f.status = 'open' AND f.withdrawn_at IS NULL AND f.due_on < $1::date AND f.late_told_at IS NULL AND f.last_staff_at IS NULL`;
const mayHear = `s.silent IS NULL AND s.talking IS NULL AND s.erase_at IS NULL
  AND (${lastOfContact("s.contact_id")}) IS DISTINCT FROM 'withdrawn'`;

/** Cases whose promised day is over without an answer, and whose people were not told. */
export async function lateCases(pool: Pool, today: string): Promise<LateCase[]> {
  const { rows } = await pool.query<LateCase>(
    `SELECT f.id AS "caseId", f.contact_id AS "contactId" FROM case_file f
        JOIN session s ON s.contact_id = f.contact_id
      WHERE ${isLate} AND ${mayHear} ORDER BY f.due_on, f.submitted_at LIMIT 2000`,
    [today],
  );
  return rows;
}

export interface Telling {
  keyring: Keyring;
  today: string;
  now: number;
  /** The process that sends. */
  owner: number;
  /** What the person is told. */
  prompt(late: { code: string; dueOn: string }): Prompt;
  tell: Tell;
}

/**
 * Tells the person of a late case so, once, within the caller's transaction; not to whoever wants to hear nothing or
 * said that the phone is not safe.
 *
 * @returns the lanes to be sent after the commit; undefined where nothing was said
 */
export async function tellLate(
  client: PoolClient,
  { caseId, contactId }: LateCase,
  given: Telling,
): Promise<string[] | undefined> {
  const { keyring, today, now, owner, tell } = given;
  // The contact first, as a turn does that goes on to write its case.
  const contact = await lockContact(client, keyring, contactId);
  if (!contact) return undefined;
  const session = await client.query<{ conversation: Buffer }>(
    `SELECT conversation FROM session s WHERE contact_id = $1 AND ${mayHear}`,
    [contactId],
  );
  const [row] = session.rows;
  if (!row) return undefined;
  const { quiet, agreed } = unsealConversation(contact.dataKey, contactId, row.conversation);
  if (quiet) return undefined;
  const { rows } = await client.query<{
    code: string;
    team: string;
    municipality: string | null;
    priority: Priority;
    submittedAt: Date;
    dueOn: string;
  }>(
    `SELECT f.code, f.team, f.municipality, f.priority, f.submitted_at AS "submittedAt", f.due_on::text AS "dueOn"
      FROM case_file f WHERE ${isLate} AND f.id = $2 AND f.contact_id = $3 FOR NO KEY UPDATE`,
    [today, caseId, contactId],
  );
  const [late] = rows;
  if (!late) return undefined;
  const prompt = given.prompt(late);
  const message: OutgoingPrompt = { type: "prompt", prompt, language: contact.language };
  const { key, values } = prompt;
  const log = agreed ? [{ type: "said" as const, key, ...(values && { values }) }] : [];
  await writeToContact(client, contact, owner, [message], log);
  await client.query(`UPDATE case_file SET late_told_at = $2 WHERE id = $1`, [caseId, new Date(now)]);
  await addEvent(client, { caseId, at: now, kind: "late_told" });
  const { code, team, municipality, priority, submittedAt } = late;
  const about = { caseId, code, municipality, priority, submittedAt: submittedAt.getTime() };
  return [contactId, ...(await tell(client, { kind: "late_told", to: { team }, about, at: now }))];
}
