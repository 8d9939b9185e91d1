import type { ClientBase } from "pg";
import { eraseCases } from "./erase-cases.ts";
import { deleteReferring, dropJobs } from "./erase-rows.ts";

/** Tables with a contact's rows that are not deleted here: its session is still needed, cases keep their code. */
const keptOfContact = ["session", "case_file"];

/**
 * Erases what is kept of a contact but the contact itself, which the last message still has to reach: conversation kept
 * for staff, what was waiting to be sent, jobs, and the content of cases, of which staff see code and "erased". The
 * contact goes with the next sweep, and with it the key of everything it ever sealed. Proof of agreements stays, without
 * content. All in the caller's transaction; a second time it finds nothing.
 *
 * @returns the ids of the cases that had been sent
 */
export async function eraseContent(client: ClientBase, contactId: string): Promise<string[]> {
  // First the session: whoever writes for the contact holds it, or finds out at its version.
  await client.query(`SELECT FROM session WHERE contact_id = $1 FOR UPDATE`, [contactId]);
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM case_file WHERE contact_id = $1 ORDER BY id FOR NO KEY UPDATE`,
    [contactId],
  );
  const cases = rows.map((row) => row.id);
  await eraseCases(client, cases, "erased");
  await forgetConversation(client, contactId);
  await deleteReferring(client, "contact", [contactId], keptOfContact);
  await dropJobs(client, [contactId]);
  await client.query(`INSERT INTO erased (subject, subject_id) VALUES ('contact', $1)`, [contactId]);
  return cases;
}

/** Marks a contact to be deleted as soon as its last message is sent, unless the person writes again before. */
export async function eraseSoon(client: ClientBase, contactId: string, at: number): Promise<void> {
  await client.query(`UPDATE session SET erase_at = to_timestamp($2 / 1000.0) WHERE contact_id = $1`, [contactId, at]);
}

/** What was said and is kept for staff, what was not sent, and why; whoever is sending it is told. */
export async function forgetConversation(client: ClientBase, contactId: string): Promise<void> {
  await client.query(`DELETE FROM message WHERE contact_id = $1`, [contactId]);
  await client.query(`DELETE FROM dropped WHERE lane = $1`, [contactId]);
  await client.query(
    `WITH gone AS (DELETE FROM outbox WHERE lane = $1 RETURNING lane)
      SELECT pg_notify('outbox', lane::text) FROM gone LIMIT 1`,
    [contactId],
  );
}
