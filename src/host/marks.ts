import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { markSent, type SentRow } from "../store/lanes.ts";

type Row = Pick<SentRow, "lane" | "n">;

/** What nothing took along for so long (ms) is written by itself. */
const patience = 5;
const pauseAfterFailure = 100;

interface Mark {
  row: SentRow;
  since: number;
  /** On its way with a commit. */
  isTaken: boolean;
}

/**
 * Takes sent rows out of the outbox: with the next commit of turns, or where none comes, by itself. Until then it knows
 * them, so that a row that is read again meanwhile is not sent again.
 */
export class Marks {
  readonly #waiting = new Map<string, Mark>();
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

  add(row: SentRow): void {
    const key = keyOf(row);
    this.#waiting.set(key, { row, since: performance.now(), isTaken: false });
    for (const sent of this.#readings) sent.add(key);
    this.#run();
  }

  /** Hands out all that waits, for a commit to take along; `give` tells how that ended. */
  take(): SentRow[] {
    const rows: SentRow[] = [];
    for (const mark of this.#waiting.values()) {
      if (mark.isTaken) continue;
      mark.isTaken = true;
      rows.push(mark.row);
    }
    return rows;
  }

  /** Ends what `take` began: the rows are out of the outbox, or wait again. */
  give(rows: SentRow[], isWritten: boolean): void {
    for (const row of rows) {
      const key = keyOf(row);
      const mark = this.#waiting.get(key);
      if (isWritten) this.#waiting.delete(key);
      else if (mark) mark.isTaken = false;
    }
    if (!isWritten) this.#run();
  }

  /** The platform's id of a case's card, as long as it is not in the database. */
  refOf(lane: string, code: string): string | undefined {
    let ref: string | undefined;
    for (const { row } of this.#waiting.values()) if (row.lane === lane && row.card?.code === code) ref = row.card.ref;
    return ref;
  }

  /** From now on writes on this connection; on none until then. Resolves when all that waited is written. */
  async use(client: Client | undefined): Promise<void> {
    this.#client = client;
    this.#run();
    while (this.#running) await this.#running;
  }

  #run(): void {
    if (this.#client && !this.#running && this.#oldest())
      this.#running = this.#write(this.#client).finally(() => {
        this.#running = undefined;
        this.#run();
      });
  }

  #oldest(): Mark | undefined {
    for (const mark of this.#waiting.values()) if (!mark.isTaken) return mark;
    return undefined;
  }

  async #write(client: Client): Promise<void> {
    for (let mark = this.#oldest(); mark && client === this.#client; mark = this.#oldest()) {
      const early = patience - (performance.now() - mark.since);
      if (early > 0) {
        await sleep(early);
        continue;
      }
      const rows = this.take();
      try {
        await markSent(client, rows);
        this.give(rows, true);
      } catch {
        this.give(rows, false);
        // A deadlock passes; of a broken connection its owner hears too, and the rows wait for the next one.
        await sleep(pauseAfterFailure);
      }
    }
  }
}

function keyOf({ lane, n }: Row): string {
  return `${lane}:${n}`;
}
