import type { Update } from "grammy/types";
import { conflict } from "./api-error.ts";
import type { PendingUpdate, UpdateQueue } from "./update-queue.ts";

/** A poller that waits for updates; settled once. */
type Waiting = { offset: number; limit: number; settle: (updates: Update[] | Error) => void };

/** Hands updates to one poller at a time. */
export class Polling {
  /** Told about every update that is handed out. */
  onTaken: (taken: PendingUpdate[]) => void = () => {};
  readonly #updates: UpdateQueue;
  #waiting: Waiting | undefined;
  #isWaking = false;

  constructor(updates: UpdateQueue) {
    this.#updates = updates;
  }

  /** Returns updates at once or after at most `timeout` seconds; a second poller ends the first with a 409. */
  async getUpdates(offset: number, limit: number, timeout: number, onClosed: (listener: () => void) => void) {
    this.abort("terminated by other getUpdates request; make sure that only one bot instance is running");
    if (offset < 0) this.#updates.keepNewest(-offset);
    const taken = this.#take(offset, limit);
    if (taken.length > 0 || timeout === 0) return taken;
    return new Promise<Update[]>((resolve, reject) => {
      const settle = (result: Update[] | Error) => {
        clearTimeout(timer);
        if (this.#waiting === waiting) this.#waiting = undefined;
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      const timer = setTimeout(() => settle([]), timeout * 1000);
      const waiting: Waiting = { offset, limit, settle };
      this.#waiting = waiting;
      // An answer to a poller that has gone would mark its updates as handed out.
      onClosed(() => settle([]));
    });
  }

  /** Whether a poller waits now. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** Looks for updates for the waiting poller, together with all that come in the same moment. */
  wake(): void {
    if (!this.#waiting || this.#isWaking) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      const waiting = this.#waiting;
      const taken = waiting ? this.#take(waiting.offset, waiting.limit) : [];
      if (taken.length > 0) waiting?.settle(taken);
    });
  }

  /** Ends a waiting poller with a 409. */
  abort(reason: string): void {
    this.#waiting?.settle(conflict(reason));
  }

  /** Ends a waiting poller with nothing. */
  stop(): void {
    this.#waiting?.settle([]);
  }

  #take(offset: number, limit: number): Update[] {
    const taken = this.#updates.take(offset, limit);
    if (taken.length > 0) this.onTaken(taken);
    return taken.map((pending) => pending.update);
  }
}
