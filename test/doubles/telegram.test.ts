import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Api, Bot, InlineKeyboard, InputFile, webhookCallback } from "grammy";
import { afterEach, expect, test, vi } from "vitest";
import { TelegramDouble } from "./telegram/index.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startDouble(options: Parameters<typeof TelegramDouble.start>[0] = {}) {
  const telegram = await TelegramDouble.start(options);
  cleanups.push(() => telegram.stop());
  return { telegram, api: new Api(telegram.token, { apiRoot: telegram.url }) };
}

/** A bot that answers "hi" with a question, and a press on its button with a toast, an edit and a file. */
function makeBot(telegram: TelegramDouble): Bot {
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

function poll(bot: Bot): void {
  const polling = bot.start({ timeout: 5 });
  cleanups.push(async () => {
    await bot.stop();
    await polling;
  });
}

/** Listens on a free port for as long as the test runs, and returns the address. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`;
}

async function serve(bot: Bot): Promise<void> {
  await bot.init();
  const handle = webhookCallback(bot, "http", { secretToken: "s3cret" });
  const url = await listen(createServer((request, response) => void handle(request, response)));
  await bot.api.setWebhook(url, { secret_token: "s3cret", max_connections: 8 });
}

/** A bare webhook that notes what comes in, and answers with the status it is told. */
async function note(api: Api, answer: (text: string, nth: number) => number | Promise<number> = () => 200) {
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

/** Walks through everything the bot can do, as a person would. */
async function walk(telegram: TelegramDouble): Promise<void> {
  const { id } = telegram.user({ first_name: "Ada", language_code: "de" });
  const started = telegram.start({ user: id, payload: "poster" });
  await telegram.wait({ chat: id, method: "sendMessage", after: started.seq });
  const [, question] = telegram.transcript({ chat: id }).messages;
  expect(question).toMatchObject({
    from: "bot",
    text: "Hello poster & welcome",
    raw: "<b>Hello</b> poster &amp; welcome",
    entities: [{ type: "bold", offset: 0, length: 5 }],
    buttons: [[{ label: "Yes", data: "answer:yes" }], [{ label: "Site", url: "https://example.org" }]],
  });
  const pressed = telegram.press({ user: id, label: "Yes" });
  await telegram.wait({ chat: id, method: "sendDocument", after: pressed.seq });
  const after = telegram.transcript({ chat: id });
  expect(after.toasts).toEqual([{ text: "noted", alert: false, user: id }]);
  expect(after.messages[1]).toMatchObject({ text: "Thanks", edited: true, buttons: [] });
  expect(after.messages[1]?.history).toMatchObject([{ text: "Hello poster & welcome", buttons: [["Yes"], ["Site"]] }]);
  expect(after.messages[2]).toMatchObject({
    text: "Your date",
    document: { file_name: "date.ics", mime_type: "text/calendar", content: "BEGIN:VCALENDAR" },
  });
  const forged = telegram.press({ user: id, data: "forged", message_id: question?.message_id ?? 0 });
  await telegram.wait({ chat: id, method: "answerCallbackQuery", after: forged.seq });
  expect(telegram.transcript({ chat: id }).toasts.at(-1)).toMatchObject({ text: "unknown", alert: true });
}

const patience = { timeout: 20_000, interval: 5 };
const words = (noted: { text: string }[]) => noted.map((one) => one.text);

test("a polling bot talks, edits, sends files and answers presses", async () => {
  const { telegram } = await startDouble();
  poll(makeBot(telegram));
  await walk(telegram);
});

test("a webhook bot does the same, and its latencies are measured", async () => {
  const { telegram } = await startDouble();
  await serve(makeBot(telegram));
  await walk(telegram);
  await vi.waitFor(
    () => expect(telegram.latencies()).toMatchObject({ accepted: { count: 3 }, posted: { count: 3 } }),
    patience,
  );
  expect(telegram.latencies().answered.count).toBe(2);
});

test("the same verbs work over HTTP", async () => {
  const { telegram } = await startDouble();
  poll(makeBot(telegram));
  const remote = TelegramDouble.connect(telegram.url);
  const { id } = await remote.user({ first_name: "Ada" });
  const { seq } = await remote.say({ user: id, text: "one" });
  await remote.wait({ chat: id, text: "heard one", after: seq });
  expect((await remote.transcript({ chat: id })).messages.map((message) => message.text)).toEqual(["one", "heard one"]);
  await expect(remote.say({ user: 1, text: "x" })).rejects.toThrow("no user 1");
  await expect(remote.say({ user: id, text: "x", chatt: 1 } as never)).rejects.toThrow("chatt");
});

test.each([
  ["an empty text", { text: "" }, "Bad Request: message text is empty"],
  ["a blank text", { text: " \n" }, "Bad Request: text must be non-empty"],
  ["a long text", { text: "x".repeat(4097) }, "Bad Request: message is too long"],
  ["an unknown chat", { text: "x", chat_id: 5 }, "Bad Request: chat not found"],
  [
    "an unknown tag",
    { text: "ж<br>", parse_mode: "HTML" },
    `Bad Request: can't parse entities: Unsupported start tag "br" at byte offset 2`,
  ],
  [
    "an open tag",
    { text: "<b>x", parse_mode: "HTML" },
    `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
  ],
  [
    "crossed tags",
    { text: "<b><i>x</b></i>", parse_mode: "HTML" },
    `Bad Request: can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
  ],
  [
    "a bare <",
    { text: "a < b", parse_mode: "HTML" },
    `Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`,
  ],
  [
    "data over 64 bytes",
    { text: "x", reply_markup: { inline_keyboard: [[{ text: "a", callback_data: "ж".repeat(33) }]] } },
    "Bad Request: BUTTON_DATA_INVALID",
  ],
  [
    "a button without data",
    { text: "x", reply_markup: { inline_keyboard: [[{ text: "a" }]] } },
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    "a button to localhost",
    { text: "x", reply_markup: { inline_keyboard: [[{ text: "a", url: "http://localhost/" }]] } },
    "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
  ],
])("refuses %s", async (_, payload, description) => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  await expect(api.raw.sendMessage({ chat_id: id, ...payload } as never)).rejects.toMatchObject({
    error_code: 400,
    description,
  });
});

test("accepts the longest text and data there may be, and every tag", async () => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  const keyboard = new InlineKeyboard().text("a", "ж".repeat(32));
  await api.sendMessage(id, `<b>${"x".repeat(4096)}</b>`, { parse_mode: "HTML", reply_markup: keyboard });
  const tags = `<i>i</i><u>u</u><s>s</s><a href="https://example.org/?a=1&amp;b">a</a><code>c</code><pre><code class="language-ts">p</code></pre><blockquote expandable>q</blockquote><tg-spoiler>t</tg-spoiler>`;
  const { entities = [] } = await api.sendMessage(id, tags, { parse_mode: "HTML" });
  expect(entities.map((entity) => entity.type).join(" ")).toBe(
    "italic underline strikethrough text_link code pre expandable_blockquote spoiler",
  );
  expect(entities[3]).toMatchObject({ url: "https://example.org/?a=1&b", offset: 3, length: 1 });
});

test("refuses edits that change nothing, edit nothing, or are not the bot's", async () => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  const keyboard = new InlineKeyboard().text("a", "a");
  const { message_id } = await api.sendMessage(id, "x", { reply_markup: keyboard });
  await expect(api.editMessageText(id, message_id, "x", { reply_markup: keyboard })).rejects.toThrow(
    "message is not modified",
  );
  await expect(api.editMessageReplyMarkup(id, message_id, { reply_markup: keyboard })).rejects.toThrow(
    "message is not modified",
  );
  await expect(api.editMessageText(id, 9999, "y")).rejects.toThrow("message to edit not found");
  const own = telegram.say({ user: id, text: "mine" });
  await expect(api.editMessageText(id, own.message_id, "y")).rejects.toThrow("message can't be edited");
  await api.editMessageReplyMarkup(id, message_id);
  await api.deleteMessage(id, message_id);
  await expect(api.editMessageText(id, message_id, "y")).rejects.toThrow("message to edit not found");
  await expect(api.answerCallbackQuery("1")).rejects.toThrow(
    "query is too old and response timeout expired or query ID is invalid",
  );
});

test("says who can't be reached, and why", async () => {
  const { telegram, api } = await startDouble();
  const ada = telegram.user().id;
  const refused = (chat: number) =>
    api.sendMessage(chat, "x").catch((error) => `${error.error_code} ${error.description}`);
  telegram.block({ user: ada });
  expect(await refused(ada)).toBe("403 Forbidden: bot was blocked by the user");
  telegram.unblock({ user: ada });
  telegram.deactivate({ user: ada });
  expect(await refused(ada)).toBe("403 Forbidden: user is deactivated");
  const stranger = telegram.user({ started: false }).id;
  expect(await refused(stranger)).toBe("400 Bad Request: chat not found");
  const team = telegram.group({ members: [stranger] }).id;
  expect(await refused(stranger)).toBe("403 Forbidden: bot can't initiate conversation with a user");
  await api.leaveChat(team);
  expect(await refused(team)).toBe("403 Forbidden: bot is not a member of the supergroup chat");
  const old = telegram.group({ type: "group" }).id;
  const next = telegram.migrate({ chat: old }).id;
  await expect(api.sendMessage(old, "x")).rejects.toMatchObject({
    error_code: 400,
    parameters: { migrate_to_chat_id: next },
  });
  await expect(new Api("4242:wrong", { apiRoot: telegram.url }).getMe()).rejects.toMatchObject({ error_code: 401 });
  await expect((api.raw as never as { banana: () => Promise<never> }).banana()).rejects.toMatchObject({
    error_code: 404,
    description: "Not Found: method not found",
  });
});

test("lets calls fail as planned: before, after, with a pause, or without an answer", async () => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  telegram.fault({ method: "sendMessage", error_code: 429, retry_after: 7 });
  await expect(api.sendMessage(id, "a")).rejects.toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
  telegram.fault({ chat: id, error_code: 502, times: 2, delayMs: 1 });
  await expect(api.sendMessage(id, "b")).rejects.toMatchObject({ error_code: 502 });
  await expect(api.sendMessage(id, "c")).rejects.toMatchObject({ error_code: 502 });
  telegram.fault({ drop: true });
  await expect(api.sendMessage(id, "d")).rejects.toThrow("Network request for 'sendMessage' failed");
  expect(telegram.transcript({ chat: id }).messages).toEqual([]);
  telegram.fault({ drop: true, after: true });
  await expect(api.sendMessage(id, "e")).rejects.toThrow("Network request");
  await api.sendMessage(id, "f");
  expect(telegram.transcript({ chat: id }).messages.map((message) => message.text)).toEqual(["e", "f"]);
  telegram.options({ limits: { globalPerSecond: 100, chatPerSecond: 0.001, chatBurst: 1, groupPerMinute: 1 } });
  await api.sendMessage(id, "g");
  await expect(api.sendMessage(id, "h")).rejects.toMatchObject({ error_code: 429 });
});

test("keeps order inside a chat and delivers again until there is a 2xx", async () => {
  const { telegram, api } = await startDouble({ retryScale: 0.001 });
  const noted = await note(api, (_, nth) => (nth <= 4 ? 500 : 200));
  const { id } = telegram.user();
  for (const text of ["one", "two", "three"]) telegram.say({ user: id, text });
  await vi.waitFor(() => expect(words(noted)).toEqual(["one", "one", "one", "one", "one", "two", "three"]), patience);
  expect((await api.getWebhookInfo()).last_error_message).toContain("500");
  telegram.dropAcks();
  const { update_id } = telegram.say({ user: id, text: "four" });
  await vi.waitFor(
    () =>
      expect(noted.slice(7)).toEqual([
        { text: "four", id: update_id },
        { text: "four", id: update_id },
      ]),
    patience,
  );
});

test("delivers chats, presses and memberships side by side, over as many connections as were allowed", async () => {
  const { telegram, api } = await startDouble({ webhookTimeoutMs: 20_000 });
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const noted = await note(api, async () => {
    await gate;
    return 200;
  });
  const { id } = telegram.user();
  const other = telegram.user().id;
  await api.sendMessage(id, "?", { reply_markup: new InlineKeyboard().text("Yes", "yes") });
  for (const text of ["one", "two"]) telegram.say({ user: id, text });
  telegram.press({ user: id, label: "Yes" });
  telegram.say({ user: other, text: "other" });
  telegram.block({ user: other });
  await vi.waitFor(() => expect(words(noted).sort()).toEqual(["kicked", "one", "other", "yes"]), patience);
  open();
  await vi.waitFor(() => expect(words(noted)).toContain("two"), patience);
});

test("counts a silent webhook as failed, and executes the call in an answer", async () => {
  const { telegram, api } = await startDouble({ webhookTimeoutMs: 50, retryScale: 0.01 });
  const { id } = telegram.user();
  let posts = 0;
  const server = createServer((_, response) => {
    if (++posts === 1) return;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ method: "sendMessage", chat_id: id, text: "from the answer" }));
  });
  await api.setWebhook(await listen(server));
  const { seq } = telegram.say({ user: id, text: "hi" });
  await telegram.wait({ chat: id, text: "from the answer", after: seq });
  expect(telegram.state().failures).toBeGreaterThan(0);
});

test("doubles, holds and shuffles updates", async () => {
  const { telegram, api } = await startDouble();
  const noted = await note(api);
  const { id } = telegram.user();
  telegram.say({ user: id, text: "twice" });
  telegram.duplicate({ times: 2 });
  await vi.waitFor(() => expect(words(noted)).toEqual(["twice", "twice", "twice"]), patience);
  telegram.hold();
  for (const text of ["a", "b", "c", "d"]) telegram.say({ user: id, text });
  telegram.release({ order: "reverse" });
  await vi.waitFor(() => expect(words(noted).slice(3)).toEqual(["d", "c", "b", "a"]), patience);
  telegram.inject({ update: { update_id: 7, message: { text: "injected" } } });
  await vi.waitFor(() => expect(noted.at(-1)).toEqual({ text: "injected", id: 7 }), patience);
});

test("hands updates to one poller, until it confirms them", async () => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  const [a, b] = ["a", "b"].map((text) => telegram.say({ user: id, text }).update_id ?? 0);
  const ids = async (offset: number, limit = 100) =>
    (await api.getUpdates({ offset, limit })).map((update) => update.update_id);
  expect(await ids(0)).toEqual([a, b]);
  expect(await ids(0, 1)).toEqual([a]);
  expect(await ids(b ?? 0)).toEqual([b]);
  telegram.duplicate({ update_id: a ?? 0 });
  expect(await ids(b ?? 0)).toEqual([b, a]);
  expect(await ids((b ?? 0) + 1)).toEqual([]);
  const first = api.getUpdates({ timeout: 20 });
  await vi.waitFor(() => expect(telegram.state().polling).toBe(true), patience);
  const second = api.getUpdates({ timeout: 20 });
  await expect(first).rejects.toMatchObject({
    error_code: 409,
    description: expect.stringContaining("terminated by other getUpdates request"),
  });
  await api.setWebhook("http://127.0.0.1:9/");
  await expect(second).rejects.toMatchObject({
    error_code: 409,
    description: expect.stringContaining("terminated by setWebhook request"),
  });
  await expect(api.getUpdates()).rejects.toThrow("can't use getUpdates method while webhook is active");
});

test("shows a bot with privacy only what it may see in a group", async () => {
  const { telegram, api } = await startDouble();
  const noted = await note(api);
  const { id } = telegram.user();
  const chat = telegram.group({ members: [id] }).id;
  const { message_id } = await api.sendMessage(chat, "hello");
  expect(telegram.say({ user: id, chat, text: "secret" }).update_id).toBeUndefined();
  telegram.say({ user: id, chat, text: "/claim" });
  telegram.say({ user: id, chat, text: "reply", reply_to: message_id });
  telegram.botStatus({ chat, by: id, status: "administrator" });
  telegram.say({ user: id, chat, text: "public" });
  await vi.waitFor(() => expect(words(noted).sort()).toEqual(["/claim", "administrator", "public", "reply"]), patience);
});

test("sends every kind of content, and edits of words", async () => {
  const { telegram, api } = await startDouble();
  const { id } = telegram.user();
  const kinds = ["photo", "document", "voice", "video", "sticker", "location", "contact", "poll", "forwarded"] as const;
  for (const kind of kinds) telegram.send({ user: id, kind });
  const { message_id } = telegram.say({ user: id, text: "\u0007ring\r\u202e" });
  telegram.edit({ user: id, message_id, text: "rang" });
  const updates = await api.getUpdates();
  const found = updates.map(({ message = {} }) =>
    kinds.find((kind) => (kind === "forwarded" ? "forward_origin" : kind) in message),
  );
  expect(found).toEqual([...kinds, undefined, undefined]);
  expect(updates[9]?.message?.text).toBe("ring");
  expect(updates[10]?.edited_message?.text).toBe("rang");
});

test("keeps commands and descriptions by language", async () => {
  const { telegram, api } = await startDouble();
  await api.setMyCommands([{ command: "start", description: "Start" }]);
  await api.setMyCommands([{ command: "start", description: "Los" }], { language_code: "de" });
  await api.setMyDescription("Hallo", { language_code: "de" });
  expect(telegram.state()).toMatchObject({
    commands: { "": [{ description: "Start" }], de: [{ description: "Los" }] },
    profile: { "description:de": "Hallo" },
  });
  await expect(api.setMyCommands([{ command: "Übung", description: "x" }])).rejects.toThrow("BOT_COMMAND_INVALID");
  await expect(api.setMyShortDescription("x".repeat(121))).rejects.toThrow("BOT_ABOUT_TOO_LONG");
});

test("reads JSON, query and forms alike", async () => {
  const { telegram } = await startDouble();
  const { id } = telegram.user();
  const root = `${telegram.url}/bot${telegram.token}`;
  await fetch(`${root}/SENDMESSAGE?chat_id=${id}&text=query`);
  const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: "a", callback_data: "b" }]] });
  const form = { chat_id: String(id), text: "form", reply_markup };
  await fetch(`${root}/sendMessage`, { method: "POST", body: new URLSearchParams(form) });
  expect(telegram.transcript({ chat: id }).messages).toMatchObject([
    { text: "query" },
    { text: "form", buttons: [[{ data: "b" }]] },
  ]);
});
