import type { Pool } from "pg";
import type { NoticeCase } from "../domain/case.ts";
import type { Place } from "../domain/place.ts";
import type { Keyring } from "../store/keyring.ts";
import { knownRooms, type Room, readRooms } from "../store/rooms.ts";
import { makeCard, roomsFor } from "./notice.ts";

interface Options {
  pool: Pool;
  keyring: Keyring;
  place: Place;
  announce(): void;
}

/** Reads the rooms, and makes new cases' cards for them without another look at the database. */
export async function openDesk({ pool, keyring, place, announce }: Options) {
  let rooms: Room[] = [];
  let known = "";
  const refresh = async () => {
    rooms = await readRooms(pool, keyring);
    known = knownRooms(rooms);
  };
  await refresh();
  return {
    get rooms() {
      return known;
    },
    refresh,
    announce,
    cardsOf: (found: NoticeCase, team: string) =>
      roomsFor(rooms, team).map((room) => ({ room, message: makeCard(place, found, room.detail) })),
  };
}
