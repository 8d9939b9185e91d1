import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { markSent } from "../store/lanes.ts";

interface Row {
  lane: string;
  n: number;
}

const pauseAfterFailure = 100;

/**
 * Takes sent rows out of the outbox, in batches: what was sent while the last batch was being written goes with the
 * next. Until then it knows them, so that a row that is read again meanwhile is not sent again.
 */
export class Marks {
  readonly #waiting = new Map<string, Row>();
  readonly #readings = new Set<Set<string>>();
  #client: Client | undefined;
  #running: Promise<void> | undefined;

  /** Reads rows of the outbox, and leaves out those that were sent before the read ended, though it still saw them. */
  async unsent<R extends Row>(read: () => Promise<R[]>): Promise<R[]> {
    const sent = new Set(this.#waiting.keys());
    this.#readings.add(sent);
    try {
      return (await read()).filter((row) => !sent.has(keyOf(row)));
    } finally {
      this.#readings.delete(sent);
    }
  }

  add(row: Row): void {
    const key = keyOf(row);
    this.#waiting.set(key, row);
    for (const sent of this.#readings) sent.add(key);
    this.#run();
  }

  /** From now on writes on this connection; on none until then. Resolves when all that waited is written. */
  async use(client: Client | undefined): Promise<void> {
    this.#client = client;
    this.#run();
    while (this.#running) await this.#running;
  }

  #run(): void {
    if (this.#client && !this.#running && this.#waiting.size > 0)
      this.#running = this.#write(this.#client).finally(() => {
        this.#running = undefined;
        this.#run();
      });
  }

  async #write(client: Client): Promise<void> {
    // A moment's patience makes batches of what would else be one statement a message.
    await new Promise(setImmediate);
    while (this.#waiting.size > 0 && client === this.#client) {
      const batch = [...this.#waiting];
      try {
        await markSent(
          client,
          batch.map(([, row]) => row),
        );
      } catch {
        // A deadlock passes; of a broken connection its owner hears too, and the rows wait for the next one.
        await sleep(pauseAfterFailure);
        continue;
      }
      for (const [key] of batch) this.#waiting.delete(key);
    }
  }
}

function keyOf({ lane, n }: Row): string {
  return `${lane}:${n}`;
}
