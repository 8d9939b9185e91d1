import type { Pool } from "pg";
import { latePrompt } from "../conversation/late.ts";
import { berlinTime } from "../domain/berlin.ts";
import type { Place } from "../domain/place.ts";
import type { Tell } from "../store/escalations.ts";
import type { Keyring } from "../store/keyring.ts";
import { lateCases, tellLate } from "../store/late-answers.ts";
import { inTransaction } from "../store/pool.ts";
import { eachAlone } from "./each-alone.ts";

export interface TellLate {
  keyring: Keyring;
  place: Place;
  owner(): number;
  tell: Tell;
  changed(lanes: string[]): void;
}

/** Tells people whose promised day is over that nobody kept it, whom to call, and that nothing is lost. Once, by day. */
export async function tellLateAnswers(pool: Pool, options: TellLate, now = Date.now()): Promise<void> {
  const { keyring, place, owner, tell, changed } = options;
  const { day: today, time } = berlinTime(now);
  if (time < place.writing_hours.from || time >= place.writing_hours.to) return;
  const given = {
    keyring,
    today,
    now,
    owner: owner(),
    tell,
    prompt: (late: { code: string; dueOn: string }) => latePrompt(place, late, now),
  };
  await eachAlone(await lateCases(pool, today), async (late) => {
    const lanes = await inTransaction(pool, (client) => tellLate(client, late, given));
    if (lanes) changed(lanes);
  });
}
