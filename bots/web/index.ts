import { Hono } from "hono";
import type { Bot } from "../../src/domain/bot.ts";
import type { Receive } from "../../src/domain/channel.ts";
import type { Language, Texts } from "../../src/domain/texts.ts";
import { readAssets, readFrame } from "./assets.ts";
import { EventStreams, type OnHint } from "./events.ts";
import { type FileStore, fileRoutes } from "./file-routes.ts";
import { account } from "./incoming.ts";
import { messageRoutes, type Pull } from "./message-routes.ts";
import { toRef } from "./outgoing.ts";
import { Page, type PageSettings } from "./page.ts";
import { pageRoutes } from "./page-routes.ts";

export type { PageSettings } from "./page.ts";

/** What the web chat needs from outside. */
export interface WebParts {
  texts: Pick<Texts, "text" | "languages">;
  /** Gives what waits for an address after a number, in order, and forgets what is not after it. */
  pull: Pull;
  /** The files that links lead to. */
  files: FileStore;
  /** Tells of messages that another process wrote; those that pass `send` need it not. */
  onHint?: OnHint;
  logFailure: (cause: unknown, what: string) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Makes the web chat: a bot, and the routes to mount at the root. Messages wait in the store until the page pulls
 * them; `send` only tells open pages that something is there.
 */
export function createWebBot(settings: PageSettings, parts: WebParts): Bot & { routes: Hono } {
  const { pull, onHint, logFailure, now = Date.now } = parts;
  const texts = { ...parts.texts, languages: offered(settings.languages, parts.texts.languages) };
  const assets = readAssets();
  const page = new Page(readFrame(), assets, settings, texts);
  const events = new EventStreams(onHint);
  let handOver: Receive | undefined;
  const receive: Receive = async (message) => {
    if (!handOver) throw new Error("The web chat is not started");
    return handOver(message);
  };
  const secure = settings.publicUrl.startsWith("https:");
  const routes = new Hono()
    .route("/", pageRoutes({ page, assets, texts }))
    .route("/", fileRoutes({ files: parts.files, assets, texts, logFailure }))
    .route("/", messageRoutes({ receive, pull, events, secure, logFailure, now }));

  return {
    channel: "web",
    account,
    routes,
    start: async (receive) => {
      handOver = receive;
    },
    send: async (address, message) => {
      events.hint(address);
      const ref = toRef(message);
      return ref ? { ref } : {};
    },
    ready: async () => undefined,
    stop: async () => {
      handOver = undefined;
      events.stop();
    },
  };
}

function offered(codes: string[], languages: Language[]): Language[] {
  return codes.flatMap((code) => languages.find((language) => language.code === code) ?? []);
}
