import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createWebBot, type PageSettings } from "../../../bots/web/index.ts";
import type { IncomingMessage, Receipt } from "../../../src/domain/channel.ts";
import type { FileContent, RenderedMessage } from "../../../src/domain/prompt.ts";
import type { Texts } from "../../../src/domain/texts.ts";
import { texts as pageTexts } from "./texts.ts";

/** The store as the web chat sees it: what waits for an address, forgotten once its number is confirmed. */
export class FakeStore {
  readonly #lanes = new Map<string, { last: number; rows: { n: number; message: RenderedMessage }[] }>();

  put(address: string, message: RenderedMessage): void {
    const lane = this.#lanes.get(address) ?? { last: 0, rows: [] };
    lane.last += 1;
    lane.rows.push({ n: lane.last, message });
    this.#lanes.set(address, lane);
  }

  pull = async (address: string, after: number) => {
    const lane = this.#lanes.get(address);
    if (!lane) return [];
    lane.rows = lane.rows.filter(({ n }) => n > after);
    return [...lane.rows];
  };
}

/** The files that links lead to, each once. */
export class FakeFiles {
  readonly #kept = new Map<string, { file: FileContent | undefined; language: string }>();

  /** Keeps a file, and answers its token. */
  put(file: FileContent, language: string): string {
    const token = randomBytes(32).toString("base64url");
    this.#kept.set(token, { file, language });
    return token;
  }

  look = async (token: string) => {
    const kept = this.#kept.get(token);
    return kept && { language: kept.language, ready: kept.file !== undefined };
  };

  take = async (token: string) => {
    const kept = this.#kept.get(token);
    const file = kept?.file;
    if (kept) kept.file = undefined;
    return file;
  };
}

/** Answers what a person says, each id once. */
export type Talk = (message: IncomingMessage, reply: (message: RenderedMessage) => void) => Receipt | undefined;

/** A real HTTP server with the web chat and a scripted conversation behind it. */
export async function startService(
  talk: Talk,
  more: Partial<PageSettings> = {},
  texts: Pick<Texts, "text" | "languages"> = pageTexts,
) {
  const store = new FakeStore();
  const files = new FakeFiles();
  const received: IncomingMessage[] = [];
  const seen = new Map<string, Receipt>();
  const failures: unknown[] = [];
  const settings: PageSettings = {
    place: "Kreis Paderborn",
    languages: texts.languages.map(({ code }) => code),
    publicUrl: "http://localhost:3000",
    ...more,
  };
  const bot = createWebBot(settings, { texts, pull: store.pull, files, logFailure: (cause) => failures.push(cause) });
  const say = async (address: string, message: RenderedMessage) => {
    store.put(address, message);
    await bot.send(address, message);
  };
  await bot.start(
    async (message) => {
      received.push(message);
      const before = seen.get(message.id);
      if (before) return before;
      const receipt = talk(message, (reply) => store.put(message.address, reply)) ?? {};
      seen.set(message.id, receipt);
      return receipt;
    },
    async () => ({}),
  );
  const server = createServer(getRequestListener(bot.routes.fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    bot,
    store,
    files,
    received,
    failures,
    say,
    /** Ids of what arrived, each once. */
    taken: () => [...seen.keys()],
    async stop() {
      await bot.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Service = Awaited<ReturnType<typeof startService>>;
