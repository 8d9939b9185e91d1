import type { LaneRow } from "../store/lanes.ts";

/** Lanes whose rows are being read: what is handed over meanwhile comes behind what is read, so that order holds. */
export class ReadingLanes {
  readonly #send: (row: LaneRow) => void;
  readonly #readings = new Map<string, number>();
  #readsAll = 0;
  #held: LaneRow[] = [];
  /** Numbers of the newest rows that were read, of lanes that are still being read. */
  readonly #last = new Map<string, number>();

  constructor(send: (row: LaneRow) => void) {
    this.#send = send;
  }

  /** Hands rows over: at once, or behind what is being read. */
  add(rows: LaneRow[]): void {
    for (const row of rows) {
      if (this.#isReading(row.lane)) this.#held.push(row);
      else this.#send(row);
    }
  }

  /**
   * Reads rows of lanes (of all, if none are named), hands them over, and then what was handed over meanwhile. Where the
   * read fails, that is left to the next read.
   */
  async read(lanes: string[] | undefined, read: () => Promise<LaneRow[]>): Promise<void> {
    this.#count(lanes, 1);
    try {
      for (const row of await read()) {
        this.#last.set(row.lane, Math.max(row.n, this.#last.get(row.lane) ?? 0));
        this.#send(row);
      }
    } catch (error) {
      this.#held = this.#held.filter((row) => lanes !== undefined && !lanes.includes(row.lane));
      throw error;
    } finally {
      this.#count(lanes, -1);
      // A row that was read as well may be sent by now: it is not handed over twice.
      this.add(this.#held.splice(0).filter((row) => row.n > (this.#last.get(row.lane) ?? 0)));
      for (const lane of this.#last.keys()) if (!this.#isReading(lane)) this.#last.delete(lane);
    }
  }

  #isReading(lane: string): boolean {
    return this.#readsAll > 0 || this.#readings.has(lane);
  }

  #count(lanes: string[] | undefined, by: 1 | -1): void {
    if (lanes === undefined) this.#readsAll += by;
    for (const lane of lanes ?? []) {
      const count = (this.#readings.get(lane) ?? 0) + by;
      if (count > 0) this.#readings.set(lane, count);
      else this.#readings.delete(lane);
    }
  }
}
