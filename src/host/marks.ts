import type { Client } from "pg";
import { markSent } from "../store/lanes.ts";

interface Row {
  lane: string;
  n: number;
}

/**
 * Takes sent rows out of the outbox, in batches: what was sent while the last batch was being written goes with the
 * next. Until then it knows them, so that a row that is read again meanwhile is not sent again.
 */
export class Marks {
  readonly #waiting = new Map<string, Row>();
  #client: Client | undefined;
  #running: Promise<void> | undefined;

  /** Whether the row is sent, though the outbox may still have it. */
  has(row: Row): boolean {
    return this.#waiting.has(`${row.lane}:${row.n}`);
  }

  add(row: Row): void {
    this.#waiting.set(`${row.lane}:${row.n}`, row);
    this.#run();
  }

  /** From now on writes on this connection; on none until then. Resolves when all that waited is written. */
  async use(client: Client | undefined): Promise<void> {
    this.#client = client;
    this.#run();
    await this.#running;
  }

  #run(): void {
    if (this.#client && !this.#running && this.#waiting.size > 0)
      this.#running = this.#write(this.#client).finally(() => {
        this.#running = undefined;
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
        // The connection broke, which its owner notices too: the rows wait for the next one.
        if (client === this.#client) this.#client = undefined;
        return;
      }
      for (const [key] of batch) this.#waiting.delete(key);
    }
  }
}
