import { now } from "./update-queue.ts";

/** One call of the bot, as `calls` and `wait` show it. */
export type Call = {
  seq: number;
  /** ms since 1970. */
  at: number;
  method: string;
  chat: number | undefined;
  params: Record<string, unknown>;
  ok: boolean;
  error: string | undefined;
  result: unknown;
};

/** Which calls somebody looks for. */
export type CallFilter = {
  chat?: number | undefined;
  method?: string | undefined;
  /** Part of the text or caption that was sent. */
  text?: string | undefined;
  ok?: boolean | undefined;
  /** Only calls with a higher seq. */
  after?: number | undefined;
};

type Waiter = { filter: CallFilter; resolve: (call: Call) => void };

/** The newest calls of the bot, and those who wait for one. */
export class Journal {
  seq = 0;
  readonly counts = new Map<string, number>();
  readonly errors = new Map<string, number>();
  #calls: Call[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Writes a call down and wakes who waited for it. */
  record(entry: Omit<Call, "seq" | "at">, keep: number): void {
    const call = { seq: ++this.seq, at: now(), ...entry };
    this.counts.set(call.method, (this.counts.get(call.method) ?? 0) + 1);
    if (call.error !== undefined) this.errors.set(call.error, (this.errors.get(call.error) ?? 0) + 1);
    if (keep > 0) this.#calls.push(call);
    // Cut in halves, so that the cost of moving the rest is spread over many calls.
    if (this.#calls.length > keep * 2) this.#calls = this.#calls.slice(-keep);
    for (const waiter of this.#waiters) {
      if (!matches(call, waiter.filter)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(call);
    }
  }

  /** Returns the calls that fit, oldest first. */
  find(filter: CallFilter): Call[] {
    // Numbers follow each other, so the first call after a given one is found without a search.
    const start = Math.max(0, (filter.after ?? 0) + 1 - (this.#calls[0]?.seq ?? 0));
    return this.#calls.slice(start).filter((call) => matches(call, filter));
  }

  /** Waits for the first call that fits; with `after`, one already made counts. Fails after `timeoutMs`. */
  wait(filter: CallFilter, timeoutMs: number): Promise<Call> {
    const made = filter.after === undefined ? undefined : this.find(filter)[0];
    if (made) return Promise.resolve(made);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        filter,
        resolve: (call) => {
          clearTimeout(timer);
          resolve(call);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`no call ${JSON.stringify(filter)} within ${timeoutMs} ms`));
      }, timeoutMs);
      // The server keeps the process alive; a wait nobody waits for any more must not.
      timer.unref();
      this.#waiters.add(waiter);
    });
  }

  /** Forgets the calls and the counts, not the numbering. */
  clear(): void {
    this.#calls = [];
    this.counts.clear();
    this.errors.clear();
  }
}

function matches(call: Call, { chat, method, text, ok, after }: CallFilter): boolean {
  if (after !== undefined && call.seq <= after) return false;
  if (chat !== undefined && call.chat !== chat) return false;
  if (method !== undefined && call.method.toLowerCase() !== method.toLowerCase()) return false;
  if (ok !== undefined && call.ok !== ok) return false;
  return text === undefined || String(call.params.text ?? call.params.caption ?? "").includes(text);
}
