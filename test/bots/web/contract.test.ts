import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { newAddress } from "../../../bots/web/address.ts";
import { createWebBot } from "../../../bots/web/index.ts";
import { empty, latest, reduce } from "../../../bots/web/page/transcript.js";
import { toBlocks } from "../../../bots/web/page/words.js";
import type { PageMessage, Posted, Pulled } from "../../../bots/web/wire.ts";
import type { Bot } from "../../../src/domain/bot.ts";
import { contract, type Platform } from "../contract.ts";
import { FakeFiles, FakeStore } from "./service.ts";
import { texts } from "./texts.ts";

const settings = { place: "Kreis Paderborn", languages: ["de", "en"], publicUrl: "https://chat.example.org" };

type Said = Posted extends infer P ? (P extends Posted ? Omit<P, "id"> : never) : never;

/** The web chat's page, without a browser: it posts until it is answered, pulls, and keeps a transcript. */
function openPages(): Platform {
  const store = new FakeStore();
  const files = new FakeFiles();
  const closed = new AbortController();
  let bot: ReturnType<typeof createWebBot>;
  let last: { address: string; body: unknown } | undefined;
  const queues = new Map<string, Promise<void>>();
  const transcripts = new Map<string, typeof empty>();
  const notices = new Map<string, string[]>();

  const request = (path: string, address: string, init: RequestInit = {}) =>
    bot.routes.request(path, {
      ...init,
      headers: { "content-type": "application/json", cookie: `lotse_chat=${address}` },
    });
  const post = async (address: string, body: unknown) => {
    while (!closed.signal.aborted) {
      const response = await request("/chat/messages", address, { method: "POST", body: JSON.stringify(body) });
      const { notice } = (await response.json()) as { notice?: string };
      if (notice) notices.set(address, [...(notices.get(address) ?? []), notice]);
      if (response.ok) return;
      await sleep(5);
    }
  };
  const enqueue = (address: string, body: unknown) => {
    last = { address, body };
    queues.set(
      address,
      (queues.get(address) ?? Promise.resolve()).then(() => post(address, body)),
    );
  };
  const say = (address: string, said: Said) => enqueue(address, { ...said, id: randomUUID() });
  const pull = async (address: string) => {
    const before = transcripts.get(address) ?? empty;
    const response = await request(`/chat/messages?chat=${before.chat}&after=${before.last}`, address);
    const pulled = (await response.json()) as Pulled;
    const after = reduce(before, { type: "pulled", pulled });
    transcripts.set(address, after);
    return after;
  };

  return {
    createBot() {
      bot = createWebBot(settings, { texts, pull: store.pull, files, logFailure: () => {} });
      const made: Bot = {
        ...bot,
        // The store has the message before anybody is told of it.
        send: async (address, message) => {
          store.put(address, message);
          return bot.send(address, message);
        },
      };
      return made;
    },
    person: newAddress,
    say: (address, text) => say(address, { type: "words", text }),
    press(address, label) {
      const shown = transcripts.get(address) ?? empty;
      const found = (message: PageMessage) => message.buttons.some((button) => button.label === label);
      const message = latest(shown, found);
      const data = message?.buttons.find((button) => button.label === label)?.data;
      if (data) return say(address, { type: "press", data, ...(message?.ref && { ref: message.ref }) });
      void pull(address).then(() => this.press(address, label));
    },
    again: () => last && enqueue(last.address, last.body),
    async shown(address) {
      const { entries } = await pull(address);
      return entries.flatMap((entry) => (entry.from === "them" ? [show(entry.message)] : []));
    },
    withFile: (message, file) => ({
      ...message,
      links: [{ label: "Open", url: `${settings.publicUrl}/file/${files.put(file, "en")}` }],
    }),
    async files(address) {
      const { entries } = await pull(address);
      const links = entries.flatMap((entry) => (entry.from === "them" ? entry.message.links : []));
      return Promise.all(
        links.map(async ({ url }) => {
          const response = await request(new URL(url).pathname, address, { method: "POST" });
          const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "";
          return { name, content: await response.text() };
        }),
      );
    },
    toasts: async (address) => notices.get(address) ?? [],
    failSends() {},
    breakDown() {},
    mend() {},
    block() {},
    unblock() {},
    async close() {
      closed.abort();
      await Promise.all(queues.values());
    },
  };
}

function show(message: PageMessage) {
  const lines = toBlocks(message.text).flatMap((block) => (block.type === "lines" ? block.lines : block.items));
  const text = lines.map((pieces) => pieces.map((piece) => piece.text).join("")).join("\n");
  const labels = [...message.buttons, ...message.standing].map(({ label, chosen }) => (chosen ? `✓${label}` : label));
  return { text, labels };
}

// What is sent waits in the store, so nothing can fail; nobody can block a website.
contract(async () => openPages(), { failures: [], blocks: false, breaksDown: false });
