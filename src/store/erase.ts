import type { ClientBase } from "pg";
import { dropLane } from "./lanes.ts";

/**
 * Erases what is kept of a contact but the contact itself, which the last message still has to reach: conversation kept
 * for staff, what was waiting to be sent, and the content of cases, of which staff see code and "erased". The contact
 * goes with the next sweep, and with it the key of everything it ever sealed. Proof of agreements stays, without content.
 *
 * @returns the ids of the cases that had been sent
 */
export async function eraseContent(client: ClientBase, contactId: string): Promise<string[]> {
  await dropLane(client, contactId, "erased");
  await client.query(`DELETE FROM message WHERE contact_id = $1`, [contactId]);
  const { rows } = await client.query<{ id: string }>(
    `UPDATE case_file SET status = 'erased', contact_id = NULL, needs = '{}', interpreter = NULL, municipality = NULL,
        priority = 'normal', call_asked_at = NULL, door = NULL
      WHERE contact_id = $1 RETURNING id`,
    [contactId],
  );
  const cases = rows.map((row) => row.id);
  await client.query(`DELETE FROM intake WHERE case_id = ANY ($1)`, [cases]);
  await client.query(`DELETE FROM referral WHERE case_id = ANY ($1)`, [cases]);
  // That somebody asked for urgent help is content, too.
  await client.query(`DELETE FROM case_event WHERE case_id = ANY ($1) AND kind LIKE 'call%'`, [cases]);
  for (const id of cases)
    await client.query(`INSERT INTO case_event (case_id, at, kind) VALUES ($1, now(), 'erased')`, [id]);
  return cases;
}

/** Marks a contact to be deleted as soon as its last message is sent, unless the person writes again before. */
export async function eraseSoon(client: ClientBase, contactId: string, at: number): Promise<void> {
  await client.query(`UPDATE session SET erase_at = to_timestamp($2 / 1000.0) WHERE contact_id = $1`, [contactId, at]);
}
