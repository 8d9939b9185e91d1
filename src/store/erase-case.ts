import type { ClientBase } from "pg";
import { forgetConversation } from "./erase.ts";
import { eraseCases } from "./erase-cases.ts";

/**
 * Erases one case of a contact that stays, and of which staff see code and "erased". What was said is not kept case by
 * case, so all of it goes; so does a file that waits, which has the case in it. Within a turn of that contact, whose
 * commit raises the session's version.
 *
 * @returns the case's id; nothing where the contact has no such case
 */
export async function eraseCase(client: ClientBase, contactId: string, code: string): Promise<string | undefined> {
  await client.query(`SELECT FROM session WHERE contact_id = $1 FOR UPDATE`, [contactId]);
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM case_file WHERE code = $1 AND contact_id = $2 FOR NO KEY UPDATE`,
    [code, contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  await eraseCases(client, [row.id], "erased");
  await forgetConversation(client, contactId);
  await client.query(`DELETE FROM file WHERE contact_id = $1`, [contactId]);
  return row.id;
}
