import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { WebhookInfo } from "grammy/types";
import { explain } from "./failure.ts";
import { persist } from "./persist.ts";
import type { Pauses } from "./settings.ts";
import type { Troubles } from "./trouble.ts";
import { allowedUpdates } from "./update.ts";

/**
 * Registers the webhook and looks again and again whether it still is ours and works, until the signal fires. Updates
 * that wait at Telegram are kept.
 */
export async function keepWebhook(
  api: Api,
  url: string,
  secret: string,
  { troubles, pauses, signal }: { troubles: Troubles; pauses: Pauses; signal: AbortSignal },
): Promise<void> {
  const register = () =>
    api.setWebhook(url, { secret_token: secret, allowed_updates: allowedUpdates, max_connections: 100 });
  let hasSet = false;
  for (;;) {
    await persist(
      async () => {
        const info = hasSet ? await api.getWebhookInfo() : undefined;
        if (info?.url !== url) await register();
        hasSet = true;
        troubles.set("webhook", explainInfo(info, url, pauses));
      },
      { signal, pauses, report: (cause) => cause !== undefined && troubles.set("webhook", explain(cause)) },
    );
    await sleep(pauses.check, undefined, { signal });
  }
}

function explainInfo(info: WebhookInfo | undefined, url: string, { check }: Pauses): string | undefined {
  if (!info) return undefined;
  if (info.url !== url) return "another program changed this bot's webhook; it is set again";
  const { last_error_date: at = 0, last_error_message: message = "", pending_update_count: waiting } = info;
  // Telegram goes on telling the latest error when all is well again.
  const isRecent = waiting > 0 && Date.now() - at * 1000 < check + 30_000;
  return isRecent ? `Telegram can't deliver: ${message}` : undefined;
}
