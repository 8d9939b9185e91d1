import type { PoolClient } from "pg";
import type { Place } from "../domain/place.ts";
import { readNoticeCase } from "../store/claim.ts";
import type { Keyring } from "../store/keyring.ts";
import { writeCard } from "../store/outbox.ts";
import { readRooms, readRoomsOfCase } from "../store/rooms.ts";
import { erasedCard, makeCard, roomsFor } from "./notice.ts";

/**
 * A case that rooms hear of: sent or changed, to those of its team; updated, erased, or its period over, to those that
 * show it.
 */
export type Notice =
  | { type: "sent"; caseId: string; team: string; changed: boolean }
  | { type: "updated"; caseId: string }
  | { type: "erased"; caseId: string }
  | { type: "expired"; caseId: string };

/**
 * Writes a case's card into the lanes of the rooms that are told of it, within the caller's transaction.
 *
 * @returns the lanes, to be sent after the commit
 */
export async function writeNotice(
  client: PoolClient,
  { keyring, place, owner }: { keyring: Keyring; place: Place; owner: number },
  notice: Notice,
): Promise<string[]> {
  const found = await readNoticeCase(client, keyring, notice.caseId);
  const rooms =
    notice.type === "sent"
      ? roomsFor(await readRooms(client, keyring), notice.team)
      : await readRoomsOfCase(client, keyring, { id: notice.caseId, code: found.code });
  for (const room of rooms) {
    const card =
      notice.type === "erased" || notice.type === "expired"
        ? erasedCard(found, notice.type === "expired")
        : makeCard(place, found, room.detail, notice.type === "sent" && notice.changed, room.team);
    await writeCard(client, room, owner, card);
  }
  return rooms.map((room) => room.id);
}
