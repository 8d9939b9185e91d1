import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createWebBot, type PageSettings } from "../../../bots/web/index.ts";
import type { IncomingMessage, Receipt } from "../../../src/domain/channel.ts";
import type { RenderedMessage } from "../../../src/domain/prompt.ts";
import { texts } from "./texts.ts";

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

/** Answers what a person says, each id once. */
export type Talk = (message: IncomingMessage, reply: (message: RenderedMessage) => void) => Receipt | undefined;

/** A real HTTP server with the web chat and a scripted conversation behind it. */
export async function startService(talk: Talk, more: Partial<PageSettings> = {}) {
  const store = new FakeStore();
  const received: IncomingMessage[] = [];
  const seen = new Map<string, Receipt>();
  const failures: unknown[] = [];
  const settings: PageSettings = {
    place: "Kreis Paderborn",
    languages: texts.languages.map(({ code }) => code),
    publicUrl: "http://localhost:3000",
    ...more,
  };
  const bot = createWebBot(settings, { texts, pull: store.pull, logFailure: (cause) => failures.push(cause) });
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
