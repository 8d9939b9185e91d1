import type { ClientBase } from "pg";
import type { Purpose } from "../domain/agreement.ts";
import type { ChannelName } from "../domain/channel.ts";
import type { OutgoingMessage } from "../domain/prompt.ts";
import type { LogEntry } from "../domain/transcript.ts";
import type { Keyring } from "./keyring.ts";
import { sealOutgoing } from "./outbox.ts";
import { type Key, seal } from "./seal.ts";

/** A contact as whoever writes to it sees it, locked until the end of the transaction. */
export interface LockedContact {
  contactId: string;
  channel: ChannelName;
  /** The chosen language, or German. */
  language: string;
  dataKey: Key;
  silent: "blocked" | "stopped" | undefined;
  /** The person took back that we may write by ourselves: only answers in a talk go out. */
  unasked: boolean;
  talking: string | undefined;
  sent: number;
  version: number;
}

/** What was last said of being written to: an event of the intake counts for it, too (`eventsOf`). */
export const lastOfContact = (contact: string) =>
  `SELECT a.state FROM agreement a WHERE a.contact_id = ${contact} AND a.purpose IN ('contact', 'intake')
    ORDER BY a.n DESC LIMIT 1`;

/** Locks a contact's session; undefined when the contact is gone. Whoever else writes into the lane waits. */
export async function lockContact(
  client: ClientBase,
  keyring: Keyring,
  contactId: string,
): Promise<LockedContact | undefined> {
  const { rows } = await client.query(
    `SELECT c.channel, c.data_key, s.language, s.silent, s.talking, s.sent, s.version,
        (${lastOfContact("s.contact_id")}) = 'withdrawn' AS unasked
       FROM session s JOIN contact c ON c.id = s.contact_id WHERE s.contact_id = $1 FOR NO KEY UPDATE OF s`,
    [contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    contactId,
    channel: row.channel,
    language: row.language ?? "de",
    dataKey: keyring.unwrap(row.data_key),
    silent: row.silent ?? undefined,
    unasked: row.unasked === true,
    talking: row.talking ?? undefined,
    sent: row.sent,
    version: row.version,
  };
}

/**
 * Appends messages to a locked contact's lane, for writers other than a turn (jobs, staff), and keeps `log` for staff.
 * Raises the session's version, so that a turn under way is taken anew. Writes nothing to whoever blocked us or said
 * stop, nor outside of a talk to whoever took back the agreement to be written to. The rows go to whoever is sending the
 * lane already, who is told, else to `owner`; on the web they are pulled, and open pages are told, whichever process they
 * are with.
 *
 * @param purpose what it is sent for: what is not sent yet goes when the person takes that back
 * @returns whether anything was written; `dispatch.wake` with the lane sends it after the commit
 */
export async function writeToContact(
  client: ClientBase,
  contact: LockedContact,
  owner: number,
  messages: OutgoingMessage[],
  log: LogEntry[] = [],
  purpose: Purpose = "contact",
): Promise<boolean> {
  if (contact.silent || (contact.unasked && !contact.talking)) return false;
  const { contactId, channel, dataKey } = contact;
  const version = contact.version + 1;
  await client.query(`UPDATE session SET sent = sent + $2, version = version + 1 WHERE contact_id = $1`, [
    contactId,
    messages.length,
  ]);
  for (const [index, message] of messages.entries()) {
    const n = contact.sent + index + 1;
    const { rows } = await client.query<{ owner: number | null }>(
      `INSERT INTO outbox (lane, n, body, purpose, owner)
         SELECT $1, $2, $3, $6, CASE WHEN $5 THEN NULL ELSE
           coalesce((SELECT owner FROM outbox WHERE lane = $1 AND owner IS NOT NULL ORDER BY n LIMIT 1), $4::int) END
       RETURNING owner`,
      [contactId, n, sealOutgoing(dataKey, contactId, n, message), owner, channel === "web", purpose],
    );
    const [row] = rows;
    if (row && row.owner !== null && row.owner !== owner)
      await client.query(`SELECT pg_notify('outbox', $1)`, [contactId]);
  }
  if (channel === "web" && messages.length > 0)
    await client.query(`SELECT pg_notify('hints', encode(address_hash, 'hex')) FROM contact WHERE id = $1`, [
      contactId,
    ]);
  if (log.length > 0)
    await client.query(`INSERT INTO message (contact_id, n, at, body) VALUES ($1, $2, now(), $3)`, [
      contactId,
      version,
      seal(dataKey, `message:${contactId}:${version}`, JSON.stringify(log)),
    ]);
  contact.sent += messages.length;
  contact.version = version;
  return true;
}
