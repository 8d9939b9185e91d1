import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, tooManyRequests } from "./api-error.ts";

/** Something that goes wrong with a call. */
export type Fault = {
  method?: string | undefined;
  chat?: number | undefined;
  /** How many calls it hits. */
  times: number;
  error_code?: number | undefined;
  description?: string | undefined;
  /** Seconds, for 429. */
  retry_after?: number | undefined;
  delayMs?: number | undefined;
  /** The connection is reset instead of an answer. */
  drop?: boolean | undefined;
  /** The call is executed first: only its answer goes wrong. */
  after?: boolean | undefined;
};

/** What a call with a fault ends as: an answer, or a lost connection. */
export type Outcome = { type: "answer"; result: unknown } | { type: "lost" };

/** The faults that are planned, in the order they were asked for. */
export class Faults {
  #planned: Fault[] = [];

  /** Plans a fault. */
  add(fault: Fault): void {
    this.#planned.push(fault);
  }

  /** Forgets all planned faults. */
  clear(): void {
    this.#planned = [];
  }

  /** Takes the first fault that is meant for a call. */
  take(method: string, chat: number | undefined): Fault | undefined {
    if (this.#planned.length === 0) return undefined;
    const index = this.#planned.findIndex(
      (fault) =>
        (fault.method === undefined || fault.method.toLowerCase() === method) &&
        (fault.chat === undefined || fault.chat === chat),
    );
    const fault = this.#planned[index];
    if (fault && --fault.times <= 0) this.#planned.splice(index, 1);
    return fault;
  }
}

/** Runs a call under a fault. Throws the fault's error, or the call's own. */
export async function runFaulty(fault: Fault, call: () => unknown): Promise<Outcome> {
  const early = fault.after ? await Promise.allSettled([Promise.resolve().then(call)]) : undefined;
  if (fault.delayMs) await sleep(fault.delayMs);
  if (fault.drop) return { type: "lost" };
  if (fault.error_code === 429) throw tooManyRequests(fault.retry_after ?? 1);
  if (fault.error_code !== undefined)
    throw new ApiError(fault.error_code, fault.description ?? "Internal Server Error");
  const settled = early?.[0];
  if (settled?.status === "rejected") throw settled.reason;
  return { type: "answer", result: settled ? settled.value : await call() };
}
