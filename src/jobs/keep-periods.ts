import type { Pool } from "pg";
import type { Log } from "../domain/log.ts";
import type { Place } from "../domain/place.ts";
import { listErased } from "../store/erased-list.ts";
import type { ForgetCards } from "../store/expire-case.ts";
import { applyRetention } from "../store/retention.ts";

export interface KeepPeriods {
  log: Log;
  place: Place;
  forgetCards: ForgetCards;
  erasedList: string;
}

/** Removes everything whose period is over, and reports it in counts. */
export async function keepPeriods(pool: Pool, { log, place, forgetCards, erasedList }: KeepPeriods): Promise<void> {
  const failed = (kind: string, error: unknown) => {
    log.error(`retention: ${kind} failed: ${error instanceof Error ? error.name : "no error"}`);
  };
  const counts = await applyRetention(pool, place.retention, { forgetCards, failed });
  await listErased(pool, erasedList);
  const told = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  log.info(`retention: ${told.length > 0 ? told.join(", ") : "nothing was over"}`);
}
