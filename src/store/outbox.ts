import type { PoolClient } from "pg";
import type { OutgoingCard, OutgoingMessage, OutgoingNotice } from "../domain/prompt.ts";
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

/** The key of what is told of a case in a lane: the newest counts. */
function noticeKey({ notice }: OutgoingNotice): string {
  return `notice:${notice.about?.code ?? notice.key}`;
}

/** Appends a card to a room's lane within the caller's transaction; an unsent card of the same case is replaced. */
export async function writeCard(
  client: PoolClient,
  room: RoomLane,
  owner: number,
  message: OutgoingCard,
): Promise<void> {
  await writeToRoom(client, room, owner, cardKey(message.card.code), message);
}

/** The same with a notice, which is not sent after a time (ms): what is told late may be wrong by then. */
export async function writeRoomNotice(
  client: PoolClient,
  room: RoomLane,
  owner: number,
  message: OutgoingNotice,
  expiresAt: number,
): Promise<void> {
  await writeToRoom(client, room, owner, noticeKey(message), message, new Date(expiresAt));
}

/**
 * An unsent row with the same key is replaced: it leaves the lane, and the new one comes at its end; one that is just
 * being marked as sent is left to that, because who marks it may go on to wait for this room. The row goes to whoever
 * is sending the lane already, who is told, else to `owner`.
 */
async function writeToRoom(
  client: PoolClient,
  room: RoomLane,
  owner: number,
  key: string,
  message: OutgoingMessage,
  expiresAt: Date | null = null,
): Promise<void> {
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
      INSERT INTO outbox (lane, n, owner, body, key, expires_at)
        SELECT $1, $2, coalesce((SELECT owner FROM sending), $3), $4, $5, $6
      RETURNING owner`,
    [room.id, row.sent, owner, sealOutgoing(room.dataKey, room.id, key, message), key, expiresAt],
  );
  if (written.rows[0]?.owner !== owner) await client.query(`SELECT pg_notify('outbox', $1)`, [room.id]);
}
