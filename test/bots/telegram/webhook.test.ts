import { connect } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TelegramBot } from "../../../bots/telegram/index.ts";
import type { Receive } from "../../../src/domain/channel.ts";
import { openTelegram, type TelegramPlatform } from "./platform.ts";

let platform: TelegramPlatform;
let bot: TelegramBot;
let receive: Receive;

beforeEach(async () => {
  platform = await openTelegram("webhook");
  receive = vi.fn<Receive>(async () => ({}));
  bot = platform.createBot();
  await bot.start(
    (message) => receive(message),
    async () => ({}),
  );
});
afterEach(async () => {
  await bot.stop();
  await platform.close();
});

const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 20_000, interval: 5 });
const secret = { "x-telegram-bot-api-secret-token": "a-webhook-secret" };
const post = (body: string, headers: Record<string, string> = secret) =>
  fetch(`${platform.url}/telegram/webhook`, { method: "POST", body, headers });
const message = JSON.stringify({
  update_id: 7,
  message: { message_id: 1, date: 1763640000, chat: { id: 1001, type: "private" }, text: "hello" },
});
const press = JSON.stringify({
  update_id: 8,
  callback_query: {
    id: "55",
    from: { id: 1001, is_bot: false, first_name: "Olena" },
    message: { message_id: 1, date: 0, chat: { id: 1001, type: "private" } },
    data: "1:yes",
  },
});

test.each([
  ["no secret", {}],
  ["a wrong secret of the same length", { "x-telegram-bot-api-secret-token": "b-webhook-secret" }],
  ["a part of the secret", { "x-telegram-bot-api-secret-token": "a-webhook" }],
])("refuses %s", async (_, headers) => {
  expect((await post(message, headers as Record<string, string>)).status).toBe(401);
  expect(receive).not.toHaveBeenCalled();
});

test.each([
  ["broken JSON", "{", 400],
  ["more than a megabyte", " ".repeat(1_000_001), 413],
  ["an update that it does not know", "{}", 200],
])("answers %s", async (_, body, status) => {
  expect((await post(body)).status).toBe(status);
  expect(receive).not.toHaveBeenCalled();
});

test("survives a sender that goes away in the middle", async () => {
  const { hostname, port } = new URL(platform.url);
  const socket = connect(Number(port), hostname);
  socket.write(`POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n`);
  socket.write("X-Telegram-Bot-Api-Secret-Token: a-webhook-secret\r\n\r\n{");
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  expect((await post(message)).status).toBe(200);
});

test("answers nothing but POST", async () => {
  expect((await fetch(`${platform.url}/telegram/webhook`, { headers: secret })).status).toBe(405);
});

test("answers only when the message is durable", async () => {
  const gate = Promise.withResolvers<void>();
  receive = vi.fn<Receive>(() => gate.promise.then(() => ({})));
  let isAnswered = false;
  const answer = post(message).finally(() => {
    isAnswered = true;
  });
  await until(() => expect(receive).toHaveBeenCalledTimes(1));
  expect(isAnswered).toBe(false);
  gate.resolve();
  expect(await (await answer).text()).toBe("");
});

test("lets Telegram deliver again what could not be taken, and what comes while it is stopped", async () => {
  receive = async () => {
    throw new Error("the database is away");
  };
  expect((await post(message)).status).toBe(500);
  await bot.stop();
  expect((await post(message)).status).toBe(503);
});

test("answers a press in the same response", async () => {
  receive = async () => ({ notice: "Noted" });
  const response = await post(press);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ method: "answerCallbackQuery", callback_query_id: "55", text: "Noted" });
  receive = async () => ({});
  expect(await (await post(press)).json()).toEqual({ method: "answerCallbackQuery", callback_query_id: "55" });
});

test("registers itself with secret and kinds of updates, and drops nothing", async () => {
  await until(() => expect(platform.double.calls({ method: "setWebhook" })).toHaveLength(1));
  expect(platform.double.calls({ method: "setWebhook" })[0]?.params).toEqual({
    url: `${platform.url}/telegram/webhook`,
    secret_token: "a-webhook-secret",
    allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
    max_connections: 100,
  });
});

test("registers itself again when another program did, and says so", async () => {
  await until(async () => expect(await bot.ready()).toBeUndefined());
  await fetch(`${platform.double.url}/bot${platform.double.token}/setWebhook?url=http://127.0.0.1:9/elsewhere`);
  await until(() => expect(platform.log.join("\n")).toMatch(/another program changed this bot's webhook/));
  await until(async () => expect(await bot.ready()).toBeUndefined());
  platform.say(platform.person(), "still there?");
  await until(() => expect(receive).toHaveBeenCalled());
});

test("says when Telegram can't deliver", async () => {
  await until(async () => expect(await bot.ready()).toBeUndefined());
  receive = async () => {
    throw new Error("the database is away");
  };
  platform.double.options({ retryScale: 0.0001 });
  platform.say(platform.person(), "hello");
  await until(async () => expect(await bot.ready()).toMatch(/can't deliver: .*500/));
});

test("sets commands and descriptions in every language that Telegram knows", async () => {
  await bot.stop();
  const profile = (language: string) => ({
    language,
    commands: [{ command: "menu", description: `Menu (${language})` }],
    description: `What this is (${language})`,
    shortDescription: `Lotse (${language})`,
  });
  bot = platform.createBot({ profiles: [profile("de"), profile("de-simple"), profile("uk")] });
  platform.double.fault({ method: "setMyDescription", error_code: 500 });
  await bot.start(
    (message) => receive(message),
    async () => ({}),
  );
  await until(() => {
    const { commands, profile: texts } = platform.double.state();
    // The first language stands for all others; Telegram has no code for German in simple words.
    expect(Object.values(commands).flat()).toEqual(
      ["de", "de", "uk"].map((code) => ({ command: "menu", description: `Menu (${code})` })),
    );
    expect(texts).toEqual({
      "description:": "What this is (de)",
      "short_description:": "Lotse (de)",
      "description:de": "What this is (de)",
      "short_description:de": "Lotse (de)",
      "description:uk": "What this is (uk)",
      "short_description:uk": "Lotse (uk)",
    });
  });
});
