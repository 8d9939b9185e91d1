import { setTimeout as sleep } from "node:timers/promises";
import { retryAfter } from "./failure.ts";
import type { Pauses } from "./settings.ts";

type Options = {
  signal: AbortSignal;
  pauses: Pauses;
  /** Told after every try: why it failed, or nothing. */
  report: (cause: unknown) => void;
};

/**
 * Does something until it succeeds, with growing pauses, or those that Telegram asks for. Rejects only when the signal
 * fires.
 */
export async function persist<T>(action: () => Promise<T>, { signal, pauses, report }: Options): Promise<T> {
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    try {
      const result = await action();
      report(undefined);
      return result;
    } catch (cause) {
      signal.throwIfAborted();
      report(cause);
      const growing = Math.min(pauses.most, pauses.first * 2 ** failures);
      await sleep(Math.max(growing, (retryAfter(cause) ?? 0) * 1000), undefined, { signal });
    }
  }
}
