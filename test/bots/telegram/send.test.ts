import { afterEach, beforeEach, expect, test } from "vitest";
import type { TelegramBot } from "../../../bots/telegram/index.ts";
import { question, rendered } from "../contract.ts";
import { openTelegram, type TelegramPlatform } from "./platform.ts";

let platform: TelegramPlatform;
let bot: TelegramBot;

beforeEach(async () => {
  platform = await openTelegram("polling");
  bot = platform.createBot();
});
afterEach(async () => {
  await bot.stop();
  await platform.close();
});

const texts = async (address: string) => (await platform.shown(address)).map(({ text }) => text);
const calls = (method: string) => platform.double.calls({ method });

test("sends before it was started, and after it was stopped", async () => {
  const address = platform.person();
  await bot.send(address, rendered("before"));
  await bot.start(
    async () => ({}),
    async () => ({}),
  );
  await bot.stop();
  await bot.send(address, rendered("after"));
  expect(await texts(address)).toEqual(["before", "after"]);
});

test("sends anew what can't be edited any more", async () => {
  const address = platform.person();
  const { ref } = await bot.send(address, question(2, { updates: "9999" }));
  expect(ref).not.toBe("9999");
  platform.double.fault({
    method: "editMessageText",
    error_code: 400,
    description: "Bad Request: message can't be edited",
  });
  const second = await bot.send(address, question(3, { updates: ref ?? "" }));
  expect(second.ref).not.toBe(ref);
  expect(await texts(address)).toEqual(["Which one?", "Which one?"]);
});

test("sends anew what has become too long for one message", async () => {
  const address = platform.person();
  const { ref } = await bot.send(address, rendered("short"));
  await bot.send(address, rendered("Now it is long. ".repeat(400), { updates: ref ?? "" }));
  expect(calls("editMessageText")).toEqual([]);
  expect(await texts(address)).toHaveLength(3);
});

test("goes on with a long text where a call failed", async () => {
  const address = platform.person();
  const long = rendered(Array.from({ length: 900 }, (_, i) => `Sentence ${i}.`).join(" "));
  await bot.send(address, rendered("first"));
  const refuse = { method: "sendMessage", error_code: 429, retry_after: 1 };
  platform.double.fault({ ...refuse, delayMs: 1 });
  await expect(bot.send(address, long)).rejects.toMatchObject({ failure: "throttled" });
  expect(await texts(address)).toEqual(["first"]);

  const sending = bot.send(address, long);
  await platform.double.wait({ method: "sendMessage", text: "Sentence 0.", after: 0 });
  platform.double.fault(refuse);
  await expect(sending).rejects.toMatchObject({ failure: "throttled" });
  await bot.send(address, long);
  expect((await texts(address)).slice(1).join(" ")).toBe(long.text);
  await bot.send(address, long);
  expect((await texts(address)).slice(1).join(" ")).toBe(`${long.text} ${long.text}`);
});

test("calls a message lost when Telegram does not answer", async () => {
  const address = platform.person();
  platform.double.fault({ method: "sendMessage", drop: true });
  await expect(bot.send(address, rendered("hello"))).rejects.toMatchObject({ failure: "unreachable" });
});

test("says that a group can't be written to, and when it can again", async () => {
  const staff = platform.double.user();
  const group = platform.double.group({ members: [staff.id] });
  const room = String(group.id);
  platform.double.botStatus({ chat: group.id, status: "kicked", by: staff.id });
  // The people go on getting their messages.
  await expect(bot.send(room, rendered("K7-42M"))).rejects.toMatchObject({ failure: "unreachable" });
  expect(platform.log.at(-1)).toContain("bot was kicked");
  platform.double.botStatus({ chat: group.id, status: "member", by: staff.id });
  await bot.send(room, rendered("K7-42M"));
  expect(platform.log.at(-1)).toContain("works again");
});

test("follows the staff's group to its new id", async () => {
  const { double } = platform;
  const staff = double.user();
  const group = double.group({ type: "group", members: [staff.id] });
  bot = platform.createBot({ staffChat: group.id });
  const room = String(group.id);
  const { ref } = await bot.send(room, rendered("K7-42M"));
  const { id: to } = double.migrate({ chat: group.id });
  await bot.send(room, rendered("M2-77K"));
  await bot.send(room, rendered("K7-42M, claimed", { updates: ref ?? "" }));
  expect(double.transcript({ chat: to }).messages.map(({ text }) => text)).toEqual(["M2-77K", "K7-42M, claimed"]);
  expect(platform.log).toEqual([expect.stringContaining(`TELEGRAM_STAFF_CHAT=${to}`), expect.anything()]);
  expect(await bot.ready()).toMatch(/new id/);
});

test("keeps the token out of everything it says", async () => {
  bot = platform.createBot({ apiRoot: "http://127.0.0.1:9" });
  const error = await bot.send(platform.person(), rendered("hello")).catch((cause: unknown) => cause);
  const [, secret = ""] = platform.double.token.split(":");
  expect(`${JSON.stringify(error)} ${(error as Error).message} ${(error as Error).cause}`).not.toContain(secret);
});
