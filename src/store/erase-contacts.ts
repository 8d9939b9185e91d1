import type { ClientBase, Pool } from "pg";

/** Contacts who had everything erased and whose last message is sent, or could not be for a day. */
export async function eraseAsked(pool: Pool): Promise<number> {
  return eraseContacts(
    pool,
    `s.erase_at <= now() AND s.updated_at <= s.erase_at
      AND (s.erase_at < now() - interval '1 day' OR NOT EXISTS (SELECT FROM outbox o WHERE o.lane = s.contact_id))`,
    [],
  );
}

/** Erases contacts with their keys and all that goes with them, by a condition on their session `s`; answers how many. */
export async function eraseContacts(client: ClientBase | Pool, condition: string, values: unknown[]): Promise<number> {
  const { rowCount } = await client.query(
    // Locked first: of a session that somebody is just writing to, the condition is looked at again afterwards.
    `WITH due AS (
       SELECT s.contact_id FROM session s WHERE ${condition} FOR UPDATE
     ), gone AS (
       DELETE FROM contact c USING due WHERE c.id = due.contact_id RETURNING c.id
     ), waiting AS (
       DELETE FROM outbox o USING gone WHERE o.lane = gone.id
     ), reasons AS (
       DELETE FROM dropped d USING gone WHERE d.lane = gone.id
     ), listed AS (
       INSERT INTO erased (subject, subject_id) SELECT 'contact', id FROM gone
     ) SELECT id FROM gone`,
    values,
  );
  return rowCount ?? 0;
}
