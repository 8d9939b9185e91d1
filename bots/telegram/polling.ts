import type { Api } from "grammy";
import type { Accept } from "./accept.ts";
import type { CreateApi } from "./api.ts";
import { explain, isConflict } from "./failure.ts";
import { persist } from "./persist.ts";
import type { Pauses, Settings } from "./settings.ts";
import type { Troubles } from "./trouble.ts";
import { allowedUpdates } from "./update.ts";

/** Seconds that Telegram holds a call without updates; its maximum. */
const longPoll = 50;

type Options = { createApi: CreateApi; accept: Accept; troubles: Troubles; pauses: Pauses; signal: AbortSignal };

/** An update could not be stored. The cause was logged by whoever receives. */
class NotTaken extends Error {}

/** Fetches updates whenever it is this process's turn, until the signal fires and the last ones are taken. */
export async function pollInTurn(options: Options, mayPoll: Settings["mayPoll"]): Promise<void> {
  const { signal } = options;
  while (!signal.aborted) {
    const turn = await mayPoll?.(signal);
    const ends = turn ? AbortSignal.any([signal, turn.lost]) : signal;
    try {
      if (!ends.aborted) await poll({ ...options, signal: ends });
    } catch (cause) {
      if (!ends.aborted) throw cause;
    } finally {
      // It fails when the lock is gone already.
      await turn?.release().catch(() => {});
    }
  }
}

async function poll({ createApi, accept, troubles, pauses, signal }: Options): Promise<never> {
  const api = createApi(signal);
  const answers = createApi();
  const report = (cause: unknown) => troubles.set("polling", cause === undefined ? undefined : explainPolling(cause));
  // Of two programs that poll, each ends the other's call and succeeds itself: only quiet shows that it is over.
  let quietAt = 0;
  let mayHaveWebhook = true;
  // After a failure the next call does not wait: `ready` shall say soon that all is well again.
  let timeout = 0;
  let offset = 0;
  const fetchBatch = async () => {
    if (mayHaveWebhook) await api.deleteWebhook();
    mayHaveWebhook = false;
    const updates = await api.getUpdates({ offset, limit: 100, timeout, allowed_updates: allowedUpdates });
    // All at once, so that they are stored together. The next call confirms them, so only once all are durable.
    const outcomes = await Promise.allSettled(updates.map((update) => takeOne(answers, accept, update)));
    if (outcomes.some(({ status }) => status === "rejected")) throw new NotTaken();
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
  };
  for (;;)
    await persist(fetchBatch, {
      signal,
      pauses,
      report: (cause) => {
        if (isConflict(cause)) quietAt = Date.now() + pauses.check;
        mayHaveWebhook ||= isConflict(cause);
        const unquiet = Math.max(0, quietAt - Date.now());
        if (cause !== undefined || unquiet === 0) report(cause);
        timeout = cause !== undefined ? 0 : unquiet > 0 ? Math.min(longPoll, Math.ceil(unquiet / 1000)) : longPoll;
      },
    });
}

async function takeOne(api: Api, accept: Accept, update: unknown): Promise<void> {
  const answer = await accept(update);
  // Nobody waits for it, and a press that is too old to be answered is no fault.
  if (answer) api.raw.answerCallbackQuery(answer).catch(() => {});
}

function explainPolling(cause: unknown): string {
  return cause instanceof NotTaken ? "messages can't be stored; Telegram keeps them" : explain(cause);
}
