import type { Client } from "pg";
import type { Conversation, Session } from "../domain/session.ts";
import { byteas, texts } from "./binary.ts";
import type { Keyring } from "./keyring.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** A session with the key of its contact. */
export interface LoadedSession extends Session {
  dataKey: Key;
  /** Whether this process wrote it, or will be the first to: no other one has written into the lane since. */
  isOwn: boolean;
}

// One statement for everybody who waits: their sessions, and which of the messages were seen before.
const load = {
  name: "load-sessions",
  text: `SELECT c.address_hash, c.data_key, c.id, s.id, s.version, s.language, s.conversation, s.sent, s.silent, s.talking, NULL::text
           FROM contact c JOIN session s ON s.contact_id = c.id WHERE c.address_hash = ANY ($1)
         UNION ALL
         SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, id FROM seen WHERE id = ANY ($2)`,
};

type Row = [
  hash: Buffer | null,
  dataKey: Buffer,
  contactId: string,
  id: string,
  version: number,
  language: string | null,
  conversation: Buffer,
  sent: number,
  silent: Session["silent"] | null,
  talking: string | null,
  seen: string | null,
];

/**
 * Loads the sessions of addresses (by their hashes) and tells which message ids were seen. An address without an entry
 * has never written. One whose row does not open (a restored key, a damaged byte) is unreadable; the others go on.
 */
export async function loadSessions(
  client: Client,
  keyring: Keyring,
  addressHashes: readonly Buffer[],
  messageIds: readonly string[],
): Promise<{ sessions: Map<string, LoadedSession>; seen: Set<string>; unreadable: Set<string> }> {
  const values = [byteas(addressHashes), texts(messageIds)];
  const { rows } = await client.query<Row>({ ...load, values, rowMode: "array" });
  const sessions = new Map<string, LoadedSession>();
  const seen = new Set<string>();
  const unreadable = new Set<string>();
  for (const row of rows) {
    const [hash, wrapped, contactId, id, version, language, conversation, sent, silent, talking, seenId] = row;
    if (hash === null) {
      if (seenId !== null) seen.add(seenId);
      continue;
    }
    const key = hash.toString("latin1");
    try {
      const dataKey = keyring.unwrap(wrapped);
      sessions.set(key, {
        dataKey,
        isOwn: false,
        contactId,
        id,
        version,
        language: language ?? undefined,
        conversation: unsealConversation(dataKey, contactId, conversation),
        sent,
        silent: silent ?? undefined,
        talking: talking ?? undefined,
      });
    } catch {
      unreadable.add(key);
    }
  }
  return { sessions, seen, unreadable };
}

/** Seals a conversation for its session's row. */
export function sealConversation(key: Key, contactId: string, conversation: Conversation): Buffer {
  return seal(key, `session:${contactId}`, JSON.stringify(conversation));
}

/** Opens what `sealConversation` made. */
export function unsealConversation(key: Key, contactId: string, box: Uint8Array): Conversation {
  return JSON.parse(unseal(key, `session:${contactId}`, box)) as Conversation;
}
