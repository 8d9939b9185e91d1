import { createServer } from "node:http";
import { InlineKeyboard } from "grammy";
import { expect, test, vi } from "vitest";
import { listen, note, patience, startDouble } from "./telegram-rig.ts";

const words = (noted: { text: string }[]) => noted.map((one) => one.text);

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
