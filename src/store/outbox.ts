import type { PoolClient } from "pg";
import type { OutgoingCard, OutgoingMessage } from "../domain/prompt.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** What a room needs to get a row: its lane and key. */
export interface RoomLane {
  id: string;
  dataKey: Key;
}

/** Seals what is to be sent for its place in a lane: the row's number, or its key where it has one. */
export function sealOutgoing(key: Key, lane: string, place: number | string, message: OutgoingMessage): Buffer {
  return seal(key, `outbox:${lane}:${place}`, JSON.stringify(message));
}

/** Opens what `sealOutgoing` made. */
export function unsealOutgoing(key: Key, lane: string, place: number | string, body: Uint8Array): OutgoingMessage {
  return JSON.parse(unseal(key, `outbox:${lane}:${place}`, body)) as OutgoingMessage;
}

/** The key of a case's card in a lane, by which a newer one replaces it unsent. */
export function cardKey(code: string): string {
  return `card:${code}`;
}

/**
 * Appends a card to a room's lane within the caller's transaction. An unsent card of the same case is replaced: it
 * leaves the lane, and the new one comes at its end; one that is just being marked as sent is left to that, because who
 * marks it may go on to wait for this room. The row goes to whoever is sending the lane already, who is told,
 * else to `owner`.
 */
export async function writeCard(
  client: PoolClient,
  room: RoomLane,
  owner: number,
  message: OutgoingCard,
): Promise<void> {
  const key = cardKey(message.card.code);
  // The room's row is the lock of its lane, and a statement of its own: only the next one sees what the last holder wrote.
  const { rows } = await client.query<{ sent: number }>(
    `UPDATE room SET sent = sent + 1 WHERE id = $1 RETURNING sent`,
    [room.id],
  );
  const [row] = rows;
  if (!row) return;
  const written = await client.query<{ owner: number }>(
    `WITH sending AS (SELECT owner FROM outbox WHERE lane = $1 AND owner IS NOT NULL ORDER BY n LIMIT 1),
      old AS (SELECT n FROM outbox WHERE lane = $1 AND key = $5 FOR UPDATE SKIP LOCKED),
      replaced AS (DELETE FROM outbox o USING old WHERE o.lane = $1 AND o.n = old.n)
      INSERT INTO outbox (lane, n, owner, body, key) SELECT $1, $2, coalesce((SELECT owner FROM sending), $3), $4, $5
      RETURNING owner`,
    [room.id, row.sent, owner, sealOutgoing(room.dataKey, room.id, key, message), key],
  );
  if (written.rows[0]?.owner !== owner) await client.query(`SELECT pg_notify('outbox', $1)`, [room.id]);
}
