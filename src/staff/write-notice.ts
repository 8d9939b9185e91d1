import type { PoolClient } from "pg";
import type { Place } from "../domain/place.ts";
import { readNoticeCase } from "../store/claim.ts";
import type { Keyring } from "../store/keyring.ts";
import { writeCard } from "../store/outbox.ts";
import { readRooms } from "../store/rooms.ts";
import { makeCard, roomsFor } from "./notice.ts";

/**
 * Writes a case's card into the lanes of the rooms that are told of its team's cases, within the caller's transaction.
 *
 * @returns the lanes, to be sent after the commit
 */
export async function writeNotice(
  client: PoolClient,
  { keyring, place, owner }: { keyring: Keyring; place: Place; owner: number },
  { caseId, team, changed }: { caseId: string; team: string; changed: boolean },
): Promise<string[]> {
  const rooms = roomsFor(await readRooms(client, keyring), team);
  if (rooms.length === 0) return [];
  const found = await readNoticeCase(client, keyring, caseId);
  for (const room of rooms) await writeCard(client, room, owner, makeCard(place, found, room.detail, changed));
  return rooms.map((room) => room.id);
}
