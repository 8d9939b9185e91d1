import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Api, Bot, InlineKeyboard, InputFile, webhookCallback } from "grammy";
import { afterEach } from "vitest";
import { TelegramDouble } from "./telegram/index.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Starts a double that ends with the test, and a client for it. */
export async function startDouble(options: Parameters<typeof TelegramDouble.start>[0] = {}) {
  const telegram = await TelegramDouble.start(options);
  cleanups.push(() => telegram.stop());
  return { telegram, api: new Api(telegram.token, { apiRoot: telegram.url }) };
}

/** A bot that answers "hi" with a question, and a press on its button with a toast, an edit and a file. */
export function makeBot(telegram: TelegramDouble): Bot {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
  bot.command("start", (ctx) =>
    ctx.reply(`<b>Hello</b> ${ctx.match} &amp; welcome`, {
      parse_mode: "HTML",
      reply_markup: new InlineKeyboard().text("Yes", "answer:yes").row().url("Site", "https://example.org"),
    }),
  );
  bot.callbackQuery(/^answer:/, async (ctx) => {
    await ctx.answerCallbackQuery({ text: "noted" });
    await ctx.editMessageText("Thanks");
    await ctx.replyWithDocument(new InputFile(Buffer.from("BEGIN:VCALENDAR"), "date.ics"), { caption: "Your date" });
  });
  bot.on("callback_query", (ctx) => ctx.answerCallbackQuery({ text: "unknown", show_alert: true }));
  bot.on("message:text", (ctx) => ctx.reply(`heard ${ctx.message.text}`));
  bot.catch(() => {});
  return bot;
}

/** Runs a bot by polling for as long as the test runs. */
export function poll(bot: Bot): void {
  const polling = bot.start({ timeout: 5 });
  cleanups.push(async () => {
    await bot.stop();
    await polling;
  });
}

/** Listens on a free port for as long as the test runs, and returns the address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
}

/** Runs a bot by webhook for as long as the test runs. */
export async function serve(bot: Bot): Promise<void> {
  await bot.init();
  const handle = webhookCallback(bot, "http", { secretToken: "s3cret" });
  const url = await listen(createServer((request, response) => void handle(request, response)));
  await bot.api.setWebhook(url, { secret_token: "s3cret", max_connections: 8 });
}

/** A bare webhook that notes what comes in, and answers with the status it is told. */
export async function note(api: Api, answer: (text: string, nth: number) => number | Promise<number> = () => 200) {
  const noted: { text: string; id: number }[] = [];
  const server = createServer(async (request, response) => {
    const update = JSON.parse(await text(request));
    const words = update.message?.text ?? update.callback_query?.data ?? update.my_chat_member?.new_chat_member.status;
    noted.push({ text: words, id: update.update_id });
    response.writeHead(await answer(words, noted.length)).end();
  });
  await api.setWebhook(await listen(server));
  return noted;
}

/** How long a test waits for what must come; generous, for slow machines. */
export const patience = { timeout: 20_000, interval: 5 };
