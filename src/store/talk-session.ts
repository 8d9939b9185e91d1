import type { ClientBase } from "pg";
import type { Conversation, Session } from "../domain/session.ts";
import type { LockedContact } from "./contact-lane.ts";
import { sealConversation, unsealConversation } from "./sessions.ts";

/** Opens the session of a locked contact. */
export async function openSession(client: ClientBase, contact: LockedContact): Promise<Session> {
  const { contactId, dataKey, version, sent, silent, talking } = contact;
  const { rows } = await client.query<{ id: string; language: string | null; conversation: Buffer }>(
    `SELECT id, language, conversation FROM session WHERE contact_id = $1`,
    [contactId],
  );
  const [row] = rows;
  if (!row) throw new Error("a locked session is gone");
  const conversation = unsealConversation(dataKey, contactId, row.conversation);
  return { contactId, id: row.id, language: row.language ?? undefined, conversation, version, sent, silent, talking };
}

/** Keeps a locked contact's conversation as it now is, and with which case's manager the person talks. */
export async function keepConversation(
  client: ClientBase,
  contact: LockedContact,
  conversation: Conversation,
  talking: string | undefined,
): Promise<void> {
  await client.query(
    `UPDATE session SET conversation = $2, talking = $3, version = version + 1 WHERE contact_id = $1`,
    [contact.contactId, sealConversation(contact.dataKey, contact.contactId, conversation), talking ?? null],
  );
  contact.version += 1;
  contact.talking = talking;
}
