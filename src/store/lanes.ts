import type { ClientBase, Pool } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import type { OutgoingMessage } from "../domain/prompt.ts";
import { ints, texts, uuids } from "./binary.ts";
import type { Keyring } from "./keyring.ts";
import { unsealOutgoing } from "./outbox.ts";
import { unseal } from "./seal.ts";

/** A row of the outbox, opened for sending. */
export interface LaneRow {
  lane: string;
  n: number;
  channel: ChannelName;
  address: string;
  /** Rooms keep the platform's id of each card. */
  room: boolean;
  message: OutgoingMessage;
  /** Not sent after this time (ms). */
  expiresAt: number | undefined;
}

interface StoredRow {
  lane: string;
  n: number;
  body: Buffer;
  key: string | null;
  expires_at: Date | null;
  channel: ChannelName;
  address: Buffer;
  data_key: Buffer;
  room: boolean;
}

/** What an address is sealed for. */
export const addressOf = {
  contact: (id: string) => `contact:${id}:address`,
  room: (id: string) => `room:${id}:address`,
};

const columns = `o.lane, o.n, o.body, o.key, o.expires_at, coalesce(c.channel, r.channel) AS channel,
    coalesce(c.address, r.address) AS address, coalesce(c.data_key, r.data_key) AS data_key, r.id IS NOT NULL AS room`;
const joins = `LEFT JOIN contact c ON c.id = o.lane LEFT JOIN room r ON r.id = o.lane
    WHERE o.owner = $1 AND (c.id IS NOT NULL OR r.id IS NOT NULL) ORDER BY o.lane, o.n`;
const allLanes = { name: "load-lanes", text: `SELECT ${columns} FROM outbox o ${joins}` };
const someLanes = {
  name: "load-some-lanes",
  text: `SELECT ${columns} FROM unnest($2::uuid[], $3::int[]) AS l(lane, after)
    JOIN outbox o ON o.lane = l.lane AND o.n > l.after ${joins}`,
};

/** Opens this owner's unsent rows, in order; if lanes are named, only theirs, each from behind a number. */
export async function loadLanes(
  client: ClientBase | Pool,
  keyring: Keyring,
  owner: number,
  lanes?: { lane: string; after: number }[],
): Promise<LaneRow[]> {
  const { rows } = await client.query<StoredRow>(
    lanes
      ? { ...someLanes, values: [owner, uuids(lanes.map(({ lane }) => lane)), ints(lanes.map(({ after }) => after))] }
      : { ...allLanes, values: [owner] },
  );
  return rows.map((row) => {
    const key = keyring.unwrap(row.data_key);
    return {
      lane: row.lane,
      n: row.n,
      channel: row.channel,
      address: unseal(key, row.room ? addressOf.room(row.lane) : addressOf.contact(row.lane), row.address),
      room: row.room,
      message: unsealOutgoing(key, row.lane, row.key ?? row.n, row.body),
      expiresAt: row.expires_at?.getTime(),
    };
  });
}

/** The owners, other than this one, that have unsent rows. */
export async function otherOwners(pool: Pool, owner: number): Promise<number[]> {
  const { rows } = await pool.query<{ owner: number }>(
    `SELECT DISTINCT owner FROM outbox WHERE owner IS NOT NULL AND owner <> $1`,
    [owner],
  );
  return rows.map((row) => row.owner);
}

/** Makes an ended owner's rows this owner's. Only for who holds the ended owner's lock alone. */
export async function inheritRows(pool: Pool, from: number, to: number): Promise<void> {
  await pool.query(`UPDATE outbox SET owner = $2 WHERE owner = $1`, [from, to]);
}

/** A row that was sent. */
export interface SentRow {
  lane: string;
  n: number;
  /** Of a case's card: the platform's id of the message, by which a newer card updates it. */
  card?: { code: string; ref: string };
}

/** Takes rows that are sent out of the outbox, and keeps the ids of cards. */
export async function markSent(client: ClientBase, rows: SentRow[]): Promise<void> {
  const values = sentArrays(rows);
  await client.query({ name: "mark-sent", text: "SELECT mark_sent($1, $2, $3, $4, $5)", values });
}

/** Sent rows as `mark_sent` takes them. */
export function sentArrays(rows: SentRow[]): Buffer[] {
  const cards = rows.flatMap(({ lane, card }) => (card ? [{ lane, ...card }] : []));
  return [
    uuids(rows.map((row) => row.lane)),
    ints(rows.map((row) => row.n)),
    uuids(cards.map((card) => card.lane)),
    texts(cards.map((card) => card.ref)),
    texts(cards.map((card) => card.code)),
  ];
}

/** Takes rows that will never be sent out of the outbox, and keeps why. */
export async function drop(
  client: ClientBase | Pool,
  rows: { lane: string; n: number; reason: string }[],
): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM outbox o USING unnest($1::uuid[], $2::int[], $3::text[]) AS s(lane, n, reason)
         WHERE o.lane = s.lane AND o.n = s.n RETURNING o.lane, o.n, s.reason
     ) INSERT INTO dropped (lane, n, reason) SELECT * FROM gone ON CONFLICT DO NOTHING`,
    [uuids(rows.map((row) => row.lane)), ints(rows.map((row) => row.n)), texts(rows.map((row) => row.reason))],
  );
}

/** Drops all that a contact has not got yet, and tells whoever is sending it. Within the transaction that silences the contact. */
export async function dropLane(client: ClientBase, lane: string, reason: string): Promise<void> {
  await client.query(
    `WITH gone AS (DELETE FROM outbox WHERE lane = $1 RETURNING lane, n),
      kept AS (INSERT INTO dropped (lane, n, reason) SELECT lane, n, $2 FROM gone ON CONFLICT DO NOTHING)
      SELECT pg_notify('outbox', lane::text) FROM gone LIMIT 1`,
    [lane, reason],
  );
}

/**
 * Notes that a contact is gone from its channel, unless something newer than row `n` was written since: then the
 * person is back, and the newer row will tell.
 */
export async function silence(pool: Pool, contactId: string, n: number): Promise<void> {
  await pool.query(`UPDATE session SET silent = 'blocked', version = version + 1 WHERE contact_id = $1 AND sent = $2`, [
    contactId,
    n,
  ]);
}
