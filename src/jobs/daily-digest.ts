import type { Pool } from "pg";
import { berlinTime } from "../domain/berlin.ts";
import { saysSomething } from "../domain/digest.ts";
import { isOfficeDay } from "../domain/office-time.ts";
import type { Place } from "../domain/place.ts";
import { digestsOf, readDigest, takeDigest } from "../store/digests.ts";
import type { Tell } from "../store/escalations.ts";
import { inTransaction } from "../store/pool.ts";
import { eachAlone } from "./each-alone.ts";

export interface DailyDigest {
  place: Place;
  tell: Tell;
  changed(lanes: string[]): void;
}

/**
 * Gives each team its overview of the day, once, at the place's time on days on which the team works; after a stop as
 * long as the place's time for it lasts. A day on which there is nothing to say is over all the same.
 */
export async function dailyDigest(pool: Pool, { place, tell, changed }: DailyDigest, now = Date.now()): Promise<void> {
  const { day, time } = berlinTime(now);
  if (time < place.digest.from || time >= place.digest.to) return;
  const done = await digestsOf(pool, day);
  const teams = Object.keys(place.teams).filter((team) => !done.has(team) && isOfficeDay(place, team, day));
  await eachAlone(teams, async (team) => {
    const lanes = await inTransaction(pool, async (client) => {
      const since = await takeDigest(client, { team, day, now });
      if (since === undefined) return undefined;
      const digest = await readDigest(client, { team, day, since });
      if (!saysSomething(digest)) return undefined;
      const { oldest, ...counts } = digest;
      const facts = { team, ...counts, ...(oldest && { oldest: oldest.code }) };
      return tell(client, { kind: "digest", to: { team }, facts, at: now });
    });
    if (lanes) changed(lanes);
  });
}
