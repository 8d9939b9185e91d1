import type { Pool } from "pg";
import { createTelegramBot, createWebBot, type TelegramBot } from "../bots/index.ts";
import type { Config } from "./config.ts";
import type { Log } from "./domain/log.ts";
import type { Place } from "./domain/place.ts";
import type { Render } from "./domain/prompt.ts";
import type { Texts } from "./domain/texts.ts";
import type { Hints } from "./host/hints.ts";
import { botProfiles } from "./profiles.ts";
import { lookForFile, takeFile } from "./store/files.ts";
import type { Keyring } from "./store/keyring.ts";
import { becomeLeader } from "./store/leader.ts";
import { pull } from "./store/pull.ts";
import { ensureRooms, forgetOtherRooms } from "./store/rooms.ts";

/** What the service is made of before anything moves. */
export interface Ground {
  config: Config;
  databaseUrl: string;
  pool: Pool;
  keyring: Keyring;
  place: Place;
  texts: Texts;
  render: Render;
  log: Log;
  /** Logs an error without what people wrote, and answers the id it is logged under. */
  logFailure(cause: unknown, what: string): string;
}

/** Makes the web chat's bot: its messages are fetched by the page. */
export function openWeb({ config, pool, keyring, place, texts, render, logFailure }: Ground, hints: Hints) {
  const name = typeof place.name === "string" ? place.name : (place.name.de ?? place.id);
  const hashOf = (address: string) => keyring.hashAddress("web", "web", address);
  return createWebBot(
    { publicUrl: config.publicUrl, place: name, trial: place.trial, languages: place.languages },
    {
      texts,
      logFailure,
      onHint: (address, listener) => hints.on(hashOf(address).toString("hex"), listener),
      files: { look: (token) => lookForFile(pool, token), take: (token) => takeFile(pool, keyring, token) },
      pull: async (address, after) => {
        return (await pull(pool, keyring, hashOf(address), after)).map(({ n, message }) => ({
          n,
          message: render(message),
        }));
      },
    },
  );
}

/** Makes Telegram's bot where a token is set, and the room of the staff group; forgets rooms that are no longer set. */
export async function openTelegram(ground: Ground): Promise<TelegramBot | undefined> {
  const { config, databaseUrl, pool, keyring, place, texts, log } = ground;
  if (!config.telegram) {
    await forgetOtherRooms(pool, keyring, []);
    return undefined;
  }
  const { staffChat } = config.telegram;
  const bot = createTelegramBot({
    ...config.telegram,
    publicUrl: config.publicUrl,
    profiles: botProfiles(texts, place.languages),
    log,
    mayPoll: async (stopped) => {
      const turn = await becomeLeader(databaseUrl, "telegram", stopped);
      if (!turn) throw new Error("stopped before it was this process's turn");
      return turn;
    },
  });
  const common = { channel: "telegram", account: bot.account, team: null, detail: place.rooms.open } as const;
  const rooms = staffChat === undefined ? [] : [{ ...common, address: String(staffChat) }];
  await ensureRooms(pool, keyring, rooms);
  await forgetOtherRooms(pool, keyring, rooms);
  return bot;
}
