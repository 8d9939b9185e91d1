import type { Pool } from "pg";
import { berlinDay } from "../domain/berlin.ts";
import type { Place } from "../domain/place.ts";
import { readColleagues } from "../store/colleagues.ts";
import { dueCases, escalateCase, type Tell } from "../store/escalations.ts";
import { inTransaction } from "../store/pool.ts";
import { sendOn, strandedCases } from "../store/sending-on.ts";
import { casesToMove, type Moving, moveCase, type WriteCards } from "../store/stand-ins.ts";
import { eachAlone } from "./each-alone.ts";

export interface LookAfter {
  place: Place;
  tell: Tell;
  writeCards: WriteCards;
  /** Sends lanes with news, and tells staff pages that cases changed. After the commit. */
  changed(lanes: string[]): void;
}

/**
 * Sees to it that every case has somebody: those of absent colleagues go to their covers, those of teams without anybody
 * on to the next team, and of those that nobody attends to somebody is told. Each case in a transaction of its own, so
 * that a stop between two loses nothing, and nothing is done twice.
 */
export async function lookAfterCases(pool: Pool, options: LookAfter, now = Date.now()): Promise<void> {
  const { place, tell, writeCards, changed } = options;
  const around: Moving = { place, tell, writeCards, now, day: berlinDay(now), staff: await readColleagues(pool) };
  const steps: [find: () => Promise<string[]>, act: typeof moveCase][] = [
    [() => casesToMove(pool, around), moveCase],
    [() => strandedCases(pool, around), sendOn],
    [() => dueCases(pool, now), escalateCase],
  ];
  await eachAlone(steps, async ([find, act]) => {
    await eachAlone(await find(), async (id) => {
      const lanes = await inTransaction(pool, (client) => act(client, id, around));
      if (lanes) changed(lanes);
    });
  });
}
