import type { Client } from "pg";
import { isSeenBefore } from "../store/commit.ts";
import { caseIsOpen, codeIsTaken, roomsChanged } from "../store/filed-cases.ts";
import type { Keyring } from "../store/keyring.ts";
import type { LaneRow } from "../store/lanes.ts";
import { isConnectionLoss } from "../store/pool.ts";
import { writeTurns } from "../store/write-turns.ts";
import type { Carried } from "./along.ts";
import type { Desk } from "./desk.ts";
import type { Dispatch } from "./dispatch.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Taken } from "./take-turns.ts";
import { toRows } from "./turn-rows.ts";

interface Host {
  keyring: Keyring;
  dispatch: Dispatch;
  desk: Desk;
  around: Surroundings;
}

/** What became of a batch: the turns that stand now with what is to be sent of each, and those that came too late. */
export interface Outcome {
  written: { taken: Taken; send: LaneRow[] }[];
  overtaken: Taken[];
  /** Lanes of rooms with new cards. */
  carded: string[];
}

/** SQLSTATEs after which the same turns, taken anew from the database, may succeed. */
const passingCodes = new Set<unknown>([caseIsOpen, codeIsTaken, roomsChanged, "40P01", "40001"]);

/** Whether a batch failed for a reason that passes. */
export function isPassing(error: unknown): boolean {
  return isConnectionLoss(error) || isSeenBefore(error) || passingCodes.has(codeOf(error));
}

/** Writes the turns of many contacts in one commit, each whole or not at all. Throws when nothing was written. */
export async function writeBatch(
  carried: Carried[],
  { client, owner }: { client: Client; owner: number },
  { keyring, dispatch, desk, around }: Host,
): Promise<Outcome> {
  const now = Date.now();
  const openIntakeDays = around.place.retention.open_intake_days;
  const batch = carried.map(({ taken, rows: more }) => {
    const { rows, lane } = toRows(taken, { keyring, now, openIntakeDays });
    return { taken, rows: { ...rows, ...more }, lane };
  });
  const sent = dispatch.takeMarks();
  try {
    const rows = batch.map((one) => one.rows);
    const { written, handed, carded } = await writeTurns(client, owner, rows, now, { sent, rooms: desk.rooms });
    dispatch.giveMarks(sent, true);
    const stands = batch.filter((one) => written.has(one.rows.contactId));
    if (stands.some((one) => one.rows.filed)) desk.announce();
    return {
      written: stands.map(({ taken, rows, lane }) => ({ taken, send: handed.has(rows.contactId) ? [] : lane })),
      overtaken: batch.filter((one) => !written.has(one.rows.contactId)).map(({ taken }) => taken),
      carded,
    };
  } catch (error) {
    dispatch.giveMarks(sent, false);
    const code = codeOf(error);
    if (code === roomsChanged) await desk.refresh().catch(() => {});
    if (code === caseIsOpen) for (const { taken, rows } of batch) if (rows.filed) taken.caller.alone = true;
    throw error;
  }
}

/** A database error's SQLSTATE, or a socket's code. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
