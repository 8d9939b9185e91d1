import type { IncomingMessage, ServerResponse } from "node:http";
import type { Bot } from "../../src/domain/bot.ts";
import { type Accept, createAccept } from "./accept.ts";
import { type CreateApi, connect } from "./api.ts";
import { explain } from "./failure.ts";
import { persist } from "./persist.ts";
import { pollInTurn } from "./polling.ts";
import { setProfiles } from "./profile.ts";
import { keepWebhook } from "./registration.ts";
import { Rooms } from "./rooms.ts";
import { createSend } from "./send.ts";
import { defaultPauses, type Pauses, type Settings } from "./settings.ts";
import { Troubles } from "./trouble.ts";
import { createWebhook, webhookPath } from "./webhook.ts";

/** The bot, and with a webhook's secret the handler of Telegram's POSTs, to be mounted at its path. */
export type TelegramBot = Bot & {
  webhook?: { path: string; handle: (request: IncomingMessage, response: ServerResponse) => void };
};

/** Makes the bot for Telegram. It can be started again after it was stopped; sending works at any time. */
export function createTelegramBot(settings: Settings): TelegramBot {
  const { token, apiRoot, webhookSecret, staffChat, log } = settings;
  const [account = ""] = token.split(":", 1);
  const troubles = new Troubles(log);
  const rooms = new Rooms(staffChat, troubles, log);
  const createApi = connect(token, apiRoot);
  let accept: Accept | undefined;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let isConnected = false;

  return {
    channel: "telegram",
    account,
    start: async (receive, receiveStaffAct) => {
      accept = createAccept(account, rooms, receive, receiveStaffAct);
      stopping = new AbortController();
      const { signal } = stopping;
      const parts = { createApi, accept, troubles, signal, pauses: { ...defaultPauses, ...settings.pauses } };
      running = run(settings, parts, () => {
        isConnected = true;
      }).catch(() => {
        if (!signal.aborted) troubles.set("receiving", "ended by a fault of the program");
      });
    },
    send: createSend(createApi(), rooms, troubles),
    ready: async () => troubles.summary ?? (isConnected ? undefined : "not connected yet"),
    stop: async () => {
      accept = undefined;
      stopping.abort();
      await running;
    },
    ...(webhookSecret !== undefined && {
      webhook: { path: webhookPath, handle: createWebhook(webhookSecret, () => accept) },
    }),
  };
}

type Parts = {
  createApi: CreateApi;
  accept: Accept;
  troubles: Troubles;
  pauses: Pauses;
  signal: AbortSignal;
};

/** Connects and receives until the signal fires. */
async function run(settings: Settings, parts: Parts, onConnected: () => void): Promise<void> {
  const { publicUrl, webhookSecret, profiles, log, mayPoll } = settings;
  const { troubles, signal, pauses } = parts;
  const api = parts.createApi(signal);
  // Without its commands the bot works all the same, so `ready` does not tell.
  const looks = new Troubles(log);
  const reportTo = (list: Troubles, topic: string) => (cause: unknown) =>
    list.set(topic, cause === undefined ? undefined : explain(cause));
  const me = await persist(() => api.getMe(), { signal, pauses, report: reportTo(troubles, "connection") });
  onConnected();
  log.info(`Telegram: @${me.username}, by ${webhookSecret === undefined ? "polling" : "webhook"}`);
  const ends = await Promise.allSettled([
    webhookSecret === undefined
      ? pollInTurn(parts, mayPoll)
      : keepWebhook(api, publicUrl + webhookPath, webhookSecret, parts),
    persist(() => setProfiles(api, profiles), { signal, pauses, report: reportTo(looks, "commands") }),
  ]);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
