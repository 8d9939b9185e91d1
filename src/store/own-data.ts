import type { ClientBase } from "pg";
import type { OwnAgreement, OwnData, OwnEntry } from "../domain/own-data.ts";
import type { Place } from "../domain/place.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { agreementRecords } from "./agreement-records.ts";
import { addressOf } from "./lanes.ts";
import { readOwnCases } from "./own-cases.ts";
import { readingsOf } from "./readings-of.ts";
import { type Key, unseal } from "./seal.ts";
import { unsealConversation } from "./sessions.ts";

/** Reads everything that is kept of a contact, opened. Undefined for a contact that has no rows yet. */
export async function readOwnData(
  client: ClientBase,
  dataKey: Key,
  contactId: string,
  place: Place,
): Promise<OwnData | undefined> {
  const { rows } = await client.query(
    `SELECT c.channel, c.address, c.created_at, s.language, s.silent, s.updated_at, s.remind_at, s.version, s.sent,
        s.conversation FROM contact c JOIN session s ON s.contact_id = c.id WHERE c.id = $1`,
    [contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const readings = await readingsOf(client, contactId);
  return {
    contact: {
      id: contactId,
      channel: row.channel,
      address: unseal(dataKey, addressOf.contact(contactId), row.address),
      since: iso(row.created_at),
    },
    session: {
      language: row.language,
      silent: row.silent,
      updatedAt: iso(row.updated_at),
      remindAt: row.remind_at && iso(row.remind_at),
      version: row.version,
      messagesSent: row.sent,
      conversation: unsealConversation(dataKey, contactId, row.conversation),
    },
    cases: await readOwnCases(client, dataKey, contactId),
    agreements: await readAgreements(client, contactId),
    agreementRecords: await agreementRecords(client, place, contactId),
    messages: await readMessages(client, dataKey, contactId),
    appointments: [],
    ...(readings && { readings }),
    dropped: await readDropped(client, contactId),
  };
}

async function readAgreements(client: ClientBase, contactId: string): Promise<OwnAgreement[]> {
  const { rows } = await client.query<{ body: string; purpose: string; state: string; at: Date }>(
    `SELECT a.*, t.body FROM agreement a JOIN agreement_text t ON t.hash = a.text_hash
      WHERE a.contact_id = $1 ORDER BY a.at, a.id`,
    [contactId],
  );
  return rows.map(({ body, ...record }) => ({
    record,
    purpose: record.purpose,
    state: record.state,
    at: iso(record.at),
    text: body,
  }));
}

async function readMessages(client: ClientBase, dataKey: Key, contactId: string): Promise<OwnData["messages"]> {
  const { rows } = await client.query<{ n: number; at: Date; body: Buffer }>(
    `SELECT n, at, body FROM message WHERE contact_id = $1 ORDER BY n`,
    [contactId],
  );
  return rows.map(({ n, at, body }) => ({
    at: iso(at),
    entries: (JSON.parse(unseal(dataKey, `message:${contactId}:${n}`, body)) as LogEntry[]).map(withoutName),
  }));
}

function withoutName(entry: LogEntry): OwnEntry {
  return entry.type === "staff" ? { type: entry.type, words: entry.words } : entry;
}

async function readDropped(client: ClientBase, contactId: string): Promise<OwnData["dropped"]> {
  const { rows } = await client.query(`SELECT n, reason, at FROM dropped WHERE lane = $1 ORDER BY n`, [contactId]);
  return rows.map(({ n, reason, at }) => ({ n, reason, at: iso(at) }));
}

function iso(at: Date): string {
  return at.toISOString();
}
