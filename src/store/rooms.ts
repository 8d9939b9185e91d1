import { randomUUID } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import { type Keyring, newDataKey } from "./keyring.ts";
import { addressOf } from "./lanes.ts";
import type { RoomLane } from "./outbox.ts";
import { seal } from "./seal.ts";

/** How much of a case a room shows. */
export type Detail = "minimal" | "triage";

/** A staff channel as the settings name it. */
export interface RoomSetting {
  channel: ChannelName;
  /** Our account on the channel. */
  account: string;
  address: string;
  /** Null: the room of all teams. */
  team: string | null;
  detail: Detail;
}

/** A room as notices see it. */
export interface Room extends RoomLane {
  channel: ChannelName;
  team: string | null;
  detail: Detail;
}

/** Makes the rows of rooms that are new and sets team and detail of the others. A room keeps its id while it keeps its address. */
export async function ensureRooms(pool: Pool, keyring: Keyring, settings: RoomSetting[]): Promise<void> {
  for (const { channel, account, address, team, detail } of settings) {
    const id = randomUUID();
    const dataKey = newDataKey();
    await pool.query(
      `INSERT INTO room (id, channel, address_hash, address, data_key, team, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (address_hash) DO UPDATE SET team = excluded.team, detail = excluded.detail`,
      [
        id,
        channel,
        keyring.hashAddress(channel, account, address),
        seal(dataKey, addressOf.room(id), address),
        keyring.wrap(dataKey),
        team,
        detail,
      ],
    );
  }
}

/** Forgets every other room, with what waits for it: who is no longer named in the settings gets no more notices. */
export async function forgetOtherRooms(pool: Pool, keyring: Keyring, settings: RoomSetting[]): Promise<void> {
  const kept = settings.map(({ channel, account, address }) => keyring.hashAddress(channel, account, address));
  await pool.query(
    `WITH gone AS (DELETE FROM room WHERE address_hash <> ALL ($1::bytea[]) RETURNING id)
     DELETE FROM outbox o USING gone WHERE o.lane = gone.id`,
    [kept],
  );
}

/** All rooms. In the order in which their lanes are locked, so that two writers never wait for each other. */
export async function readRooms(client: ClientBase | Pool, keyring: Keyring): Promise<Room[]> {
  const { rows } = await client.query<Row>(`SELECT ${columns} FROM room r ORDER BY r.id`);
  return rows.map((row) => toRoom(keyring, row));
}

/** The rooms that are told of a team's cases: its own and those of all teams. In the same order. */
export async function readRoomsOfTeam(client: ClientBase, keyring: Keyring, team: string): Promise<Room[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns} FROM room r WHERE r.team IS NULL OR r.team = $1 ORDER BY r.id`,
    [team],
  );
  return rows.map((row) => toRoom(keyring, row));
}

/** What `file_cases` compares, to tell whether the rooms are as they were read: id, team and detail of each. */
export function knownRooms(rooms: Room[]): string {
  return rooms.map(({ id, team, detail }) => `${id} ${team ?? ""} ${detail}`).join(",");
}

/** The rooms that show a case, or are about to. In the same order. */
export async function readRoomsOfCase(
  client: ClientBase,
  keyring: Keyring,
  { id, code }: { id: string; code: string },
): Promise<Room[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns} FROM room r
     WHERE EXISTS (SELECT FROM card c WHERE c.room_id = r.id AND c.case_id = $1)
       OR EXISTS (SELECT FROM outbox o WHERE o.lane = r.id AND o.key = $2) ORDER BY r.id`,
    [id, `card:${code}`],
  );
  return rows.map((row) => toRoom(keyring, row));
}

const columns = "r.id, r.channel, r.team, r.detail, r.data_key";
type Row = { id: string; channel: ChannelName; team: string | null; detail: Detail; data_key: Buffer };

function toRoom(keyring: Keyring, { data_key: wrapped, ...row }: Row): Room {
  return { id: row.id, channel: row.channel, team: row.team, detail: row.detail, dataKey: keyring.unwrap(wrapped) };
}
