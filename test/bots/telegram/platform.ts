import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTelegramBot, type TelegramBot } from "../../../bots/telegram/index.ts";
import type { Settings } from "../../../bots/telegram/settings.ts";
import type { SendFailure } from "../../../src/domain/channel.ts";
import { TelegramDouble } from "../../doubles/telegram/index.ts";
import type { Platform } from "../contract.ts";

const secret = "a-webhook-secret";
const always = 1_000_000;

const faults: Record<SendFailure, { error_code: number; description: string; retry_after?: number }> = {
  throttled: { error_code: 429, description: "Too Many Requests: retry after 3", retry_after: 3 },
  unreachable: { error_code: 502, description: "Bad Gateway" },
  misconfigured: { error_code: 401, description: "Unauthorized" },
  stopped: { error_code: 403, description: "Forbidden: bot was blocked by the user" },
  rejected: {
    error_code: 400,
    description: 'Bad Request: can\'t parse entities: Unsupported start tag "secret words"',
  },
};

/** Telegram for the contract, and for tests of its own: the double, the log, and a server for the webhook. */
export type TelegramPlatform = Platform & {
  double: TelegramDouble;
  log: string[];
  url: string;
  createBot: (settings?: Partial<Settings>) => TelegramBot;
};

/** Starts a double and what a bot needs around it. */
export async function openTelegram(mode: "polling" | "webhook"): Promise<TelegramPlatform> {
  const double = await TelegramDouble.start({ retryScale: 0.01 });
  const log: string[] = [];
  const write = (text: string) => void log.push(text);
  let bot: TelegramBot | undefined;
  const server = createServer((request, response) => {
    if (request.url === bot?.webhook?.path) bot?.webhook?.handle(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const botMessages = (address: string) =>
    double.transcript({ chat: Number(address) }).messages.filter(({ from }) => from === "bot");
  const ignorable = () => double.inject({ update: { poll_answer: {} } });

  return {
    double,
    log,
    url,
    createBot: (settings?: Partial<Settings>) => {
      bot = createTelegramBot({
        token: double.token,
        apiRoot: double.url,
        ...(mode === "webhook" && { webhookSecret: secret }),
        publicUrl: url,
        profiles: [],
        log: { info: write, warn: write, error: write },
        pauses: { first: 5, most: 20, check: 20 },
        ...settings,
      });
      return bot;
    },
    person: () => String(double.user().id),
    say: (address, text) => void double.say({ user: Number(address), text }),
    press: (address, label) => void double.press({ user: Number(address), label }),
    again: () => {
      double.duplicate();
      // A poller confirms by an offset beyond all that it has.
      ignorable();
    },
    shown: async (address) =>
      botMessages(address).map(({ text, buttons }) => ({ text, labels: buttons.flat().map(({ label }) => label) })),
    withFile: (message, file) => ({ ...message, file }),
    files: async (address) =>
      botMessages(address).flatMap(({ document }) =>
        document ? [{ name: document.file_name ?? "", content: document.content }] : [],
      ),
    toasts: async (address) => double.transcript({ chat: Number(address) }).toasts.map(({ text }) => text),
    failSends: (failure, address) => double.fault({ chat: Number(address), times: always, ...faults[failure] }),
    breakDown: () => {
      double.fault({ times: always, error_code: 401, description: "Unauthorized" });
      // Ends the long poll, which would notice nothing until something comes.
      ignorable();
    },
    mend: () => double.clearFaults(),
    block: (address) => double.block({ user: Number(address) }),
    unblock: (address) => double.unblock({ user: Number(address) }),
    close: async () => {
      await double.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
