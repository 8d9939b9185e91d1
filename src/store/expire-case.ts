import type { Pool, PoolClient } from "pg";
import { eraseCases } from "./erase-cases.ts";
import { inTransaction } from "./pool.ts";

/** Writes the cards of an expired case into the rooms that show it, within the transaction. */
export type ForgetCards = (client: PoolClient, caseId: string) => Promise<void>;

/**
 * Erases a case whose period is over, if it still is when nobody else is writing: content, cards, and with the last case
 * of a contact what was said. The contact itself goes by its own period.
 */
export async function expireCase(
  pool: Pool,
  caseId: string,
  { condition, period }: { condition: string; period: string },
  forgetCards: ForgetCards,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const session = `SELECT s.contact_id FROM session s JOIN case_file f ON f.contact_id = s.contact_id`;
    const { rows } = await client.query<{ contact_id: string }>(`${session} WHERE f.id = $1 FOR UPDATE OF s`, [caseId]);
    await client.query(`SELECT FROM case_file WHERE id = $1 FOR NO KEY UPDATE`, [caseId]);
    const { rowCount } = await client.query(`SELECT FROM case_file f WHERE f.id = $2 AND ${condition}`, [
      period,
      caseId,
    ]);
    if (rowCount !== 1) return false;
    await eraseCases(client, [caseId], "expired");
    const [contact] = rows;
    if (contact) {
      // A turn that is under way has loaded what no longer holds.
      await client.query(`UPDATE session SET version = version + 1 WHERE contact_id = $1`, [contact.contact_id]);
      await client.query(
        `DELETE FROM message WHERE contact_id = $1 AND NOT EXISTS (SELECT FROM case_file WHERE contact_id = $1)`,
        [contact.contact_id],
      );
    }
    await forgetCards(client, caseId);
    return true;
  });
}
