import type { Pool } from "pg";
import { berlinDay } from "../domain/berlin.ts";
import { staffedTeams } from "../domain/cover.ts";
import { readColleagues } from "../store/colleagues.ts";

const readEvery = 15_000;

/**
 * Keeps in mind in which teams somebody is at work, so that a new case goes to the right one without another look at
 * the database. A guess, a few seconds old: the sweep over cases of teams without anybody proves it.
 */
export async function watchTeams(pool: Pool): Promise<{ staffed: () => ReadonlySet<string>; close(): void }> {
  const read = async () => staffedTeams(await readColleagues(pool), berlinDay(Date.now()));
  let staffed = await read();
  const timer = setInterval(() => {
    read().then(
      (found) => {
        staffed = found;
      },
      // PostgreSQL is not there: as it was until it is.
      () => {},
    );
  }, readEvery);
  timer.unref();
  return { staffed: () => staffed, close: () => clearInterval(timer) };
}
