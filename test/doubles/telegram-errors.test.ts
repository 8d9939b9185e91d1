import { Api, InlineKeyboard } from "grammy";
import { expect, test } from "vitest";
import { startDouble } from "./telegram-rig.ts";

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
    { text: "x", reply_markup: { inline_keyboard: [[{ text: "a", callback_data: `x${"ж".repeat(32)}` }]] } },
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
