import { setTimeout as sleep } from "node:timers/promises";
import { openClient } from "./pool.ts";

/** First half of the advisory locks for work that one process does at a time. */
const leaderLocks = 0x4c656164;
const tryEvery = 2000;

/** Work that one process does at a time; the second half of its lock. */
export const leaderWork = { telegram: 1 } as const;

/**
 * Waits until this process is the one that does a kind of work, such as polling Telegram. Answers a signal that is
 * aborted when that ends because the connection to PostgreSQL broke, and `release`; answers nothing when `stop` comes
 * first.
 */
export async function becomeLeader(
  url: string,
  work: keyof typeof leaderWork,
  stop: AbortSignal,
): Promise<{ lost: AbortSignal; release(): Promise<void> } | undefined> {
  while (!stop.aborted) {
    const client = await openClient(url).catch(() => undefined);
    const lost = new AbortController();
    client?.once("end", () => lost.abort());
    try {
      while (client && !stop.aborted && !lost.signal.aborted) {
        const { rows } = await client.query<{ won: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS won", [
          leaderLocks,
          leaderWork[work],
        ]);
        if (rows[0]?.won) return { lost: lost.signal, release: () => client.end() };
        await sleep(tryEvery, undefined, { signal: stop });
      }
    } catch {
      // The connection broke, or the service stops: the loops end or begin again.
    }
    await client?.end().catch(() => {});
    if (!stop.aborted) await sleep(tryEvery, undefined, { signal: stop }).catch(() => {});
  }
  return undefined;
}
