import type { Client, Pool } from "pg";
import { holdKeys } from "./key-locks.ts";
import type { Keyring } from "./keyring.ts";
import { openClient } from "./pool.ts";

/** First half of the advisory locks that say which sending process lives; the second is its number. */
const ownerLocks = 0x4c6f7473;

// Arrays of a batch are short: a plan that reads whole tables is never right here, and one order of rows in every
// process (that of the arrays) is what keeps two batches from waiting for each other.
const shortArrays =
  "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c plan_cache_mode=force_generic_plan";

/**
 * A process as far as turns and sending go: a number, and connections of its own. Those that turns are committed on
 * hold the number's advisory lock (shared): it is free only when no commit of this process can land any more. Whoever
 * gets it alone may take over what this process had not sent.
 */
export interface Owner {
  number: number;
  commit: Client[];
  load: Client;
  mark: Client;
  /** Holds the locks of ended processes whose rows were taken over, and hears of rows handed over. */
  heir: Client;
  /** Resolves when a connection broke, and then all are closed: another process may take over from then on. */
  lost: Promise<void>;
  close(): Promise<void>;
}

/** Takes a number and opens its connections; `commits` of them are for commits. Tells others which keys it knows. */
export async function takeOwner(url: string, commits: number, keyring: Keyring): Promise<Owner> {
  const opened = await Promise.allSettled([
    openClient(url),
    openClient(url, shortArrays),
    openClient(url, shortArrays),
    ...Array.from({ length: commits }, () => openClient(url, shortArrays)),
  ]);
  const clients = opened.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async () => {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  };
  // Heard from the start: what ends while the number is being taken counts, too.
  const ended = Promise.race(clients.map((client) => new Promise<void>((end) => client.once("end", end))));
  try {
    const failed = opened.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    const [heir, load, mark, ...commit] = clients;
    if (!heir || !load || !mark) throw new Error("an owner needs its connections");
    await holdKeys(heir, keyring);
    const { rows } = await heir.query<{ number: number }>(`SELECT nextval('owner')::int AS number`);
    const number = rows[0]?.number ?? 0;
    for (const client of commit) await client.query("SELECT pg_advisory_lock_shared($1, $2)", [ownerLocks, number]);
    // One broken connection is enough to start anew: half an owner would send slower and be no safer.
    return { number, commit, load, mark, heir, lost: ended.then(close), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tries to become the heir of a process that has ended. The lock is kept as long as the heir's connection. */
export async function inherit(heir: Client, owner: number): Promise<boolean> {
  const { rows } = await heir.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS free", [
    ownerLocks,
    owner,
  ]);
  return rows[0]?.free === true;
}

/** A number that no process has: what is written for it is taken over, and sent, by one that is running. */
export async function spareOwner(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ number: number }>(`SELECT nextval('owner')::int AS number`);
  return rows[0]?.number ?? 0;
}
