import type { Pool } from "pg";
import type { NoticeCase } from "../domain/case.ts";
import type { OutgoingCard } from "../domain/prompt.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { updateCards } from "./claim.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction, retried } from "./pool.ts";
import type { Detail } from "./rooms.ts";
import { unseal } from "./seal.ts";
import { isAnswered } from "./talk-case.ts";

/** The person wrote to staff about a case. */
export interface News {
  caseId: string;
  at: Date;
  /** The process that sends the cards. */
  owner: number;
}

/**
 * Notes that the person wrote; the first words since staff's put a flag on the cards of the case. Twice is as once.
 *
 * @returns lanes of rooms with new cards, to be sent
 */
export async function noteWords(
  pool: Pool,
  keyring: Keyring,
  { caseId, at, owner }: News,
  makeCard: (found: NoticeCase, detail: Detail) => OutgoingCard,
): Promise<string[]> {
  return retried(() =>
    inTransaction(pool, async (client) => {
      const before = await client.query<{ code: string; answered: boolean }>(
        `SELECT f.code, ${isAnswered} AS answered FROM case_file f
          WHERE f.id = $1 AND f.status IN ('open', 'claimed') FOR NO KEY UPDATE`,
        [caseId],
      );
      const [found] = before.rows;
      if (!found) return [];
      const after = await client.query<{ answered: boolean }>(
        `UPDATE case_file f SET last_person_at = greatest(f.last_person_at, $2) WHERE f.id = $1
          RETURNING ${isAnswered} AS answered`,
        [caseId, at],
      );
      if (found.answered || !after.rows[0]?.answered) return [];
      return updateCards(client, keyring, { id: caseId, code: found.code, owner }, makeCard);
    }),
  );
}

/** Words of people in talks that nobody was told of, because a process ended between their commit and that. */
export async function untoldWords(pool: Pool, keyring: Keyring): Promise<{ caseId: string; at: Date }[]> {
  const { rows } = await pool.query<{
    case_id: string;
    contact_id: string;
    data_key: Buffer;
    n: number;
    at: Date;
    body: Buffer;
  }>(
    `SELECT f.id AS case_id, c.id AS contact_id, c.data_key, m.n, m.at, m.body
       FROM session s JOIN case_file f ON f.id = s.talking JOIN contact c ON c.id = s.contact_id
         JOIN message m ON m.contact_id = s.contact_id AND m.at > coalesce(f.last_person_at, f.submitted_at)
      WHERE s.talking IS NOT NULL AND s.updated_at > coalesce(f.last_person_at, '-infinity')
      ORDER BY m.at LIMIT 1000`,
  );
  const untold = new Map<string, Date>();
  for (const { case_id, contact_id, data_key, n, at, body } of rows) {
    const box = unseal(keyring.unwrap(data_key), `message:${contact_id}:${n}`, body);
    const entries = JSON.parse(box) as LogEntry[];
    if (entries.some(({ type }) => type === "wrote" || type === "unseen")) untold.set(case_id, at);
  }
  return [...untold].map(([caseId, at]) => ({ caseId, at }));
}
