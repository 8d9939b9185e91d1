import { expect, test, vi } from "vitest";
import { TelegramDouble } from "./telegram/index.ts";
import { makeBot, patience, poll, serve, startDouble } from "./telegram-rig.ts";

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
