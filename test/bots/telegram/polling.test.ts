import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TelegramBot } from "../../../bots/telegram/index.ts";
import type { Settings } from "../../../bots/telegram/settings.ts";
import type { IncomingMessage, Receive, StaffAct } from "../../../src/domain/channel.ts";
import { question, rendered } from "../contract.ts";
import { openTelegram, type TelegramPlatform } from "./platform.ts";

let platform: TelegramPlatform;
let bots: TelegramBot[];
let received: IncomingMessage[];
let acts: StaffAct[];

beforeEach(async () => {
  platform = await openTelegram("polling");
  bots = [];
  received = [];
  acts = [];
});
afterEach(async () => {
  for (const bot of bots) await bot.stop();
  await platform.close();
});

const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 20_000, interval: 5 });
const start = async (settings: Partial<Settings> = {}, receive?: Receive) => {
  const bot = platform.createBot(settings);
  bots.push(bot);
  await bot.start(
    receive ??
      (async (message) => {
        received.push(message);
        return {};
      }),
    async (act) => {
      acts.push(act);
      return { notice: "It is yours" };
    },
  );
  return bot;
};
const lines = (words: RegExp) => platform.log.filter((line) => words.test(line));

test("knows its account without a network", () => {
  const bot = platform.createBot({ token: "123456:secret", apiRoot: "http://127.0.0.1:9" });
  expect(bot.account).toBe("123456");
});

test("takes the webhook away first, and keeps what waits", async () => {
  platform.double.say({ user: Number(platform.person()), text: "early" });
  await start();
  await until(() => expect(received).toHaveLength(1));
  expect(platform.double.state().calls.deleteWebhook).toBe(1);
});

test("hands all that waits over at once, so that it can be stored together", async () => {
  for (let i = 0; i < 50; i++) platform.double.say({ user: Number(platform.person()), text: "early" });
  const gate = Promise.withResolvers<void>();
  await start({}, async (message) => {
    received.push(message);
    if (received.length === 50) gate.resolve();
    await gate.promise;
    return {};
  });
  await until(() => expect(platform.double.state().pending).toBe(0));
  expect(received).toHaveLength(50);
});

test("ends the long poll at once when it is stopped", async () => {
  const bot = await start();
  await until(() => expect(platform.double.state().polling).toBe(true));
  const before = performance.now();
  await bot.stop();
  // Far below the 50 s that the call may take.
  expect(performance.now() - before).toBeLessThan(10_000);
});

test("says once that another program polls, and comes back by itself", async () => {
  const bot = await start();
  await until(async () => expect(await bot.ready()).toBeUndefined());
  platform.double.fault({
    method: "getUpdates",
    times: 5,
    error_code: 409,
    description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  });
  platform.double.say({ user: Number(platform.person()), text: "wake" });
  await until(() => expect(lines(/another program polls/)).toHaveLength(1));
  await until(() => expect(lines(/polling: works again/)).toHaveLength(1));
  expect(await bot.ready()).toBeUndefined();
});

test("says once that another program polls, for as long as it does", async () => {
  await start({ pauses: { first: 5, most: 20, check: 60_000 } });
  await until(() => expect(platform.double.state().polling).toBe(true));
  const url = `${platform.double.url}/bot${platform.double.token}/getUpdates?timeout=1`;
  for (let count = 0; count < 8; count++) await fetch(url);
  expect(lines(/another program polls/)).toHaveLength(1);
  expect(lines(/polling: works again/)).toHaveLength(0);
});

test("takes the bot back from a webhook that was set meanwhile", async () => {
  const bot = await start();
  await until(() => expect(platform.double.state().polling).toBe(true));
  await fetch(`${platform.double.url}/bot${platform.double.token}/setWebhook?url=http://127.0.0.1:9/elsewhere`);
  platform.say(platform.person(), "still there?");
  await until(() => expect(received).toHaveLength(1));
  expect(lines(/has set a webhook/)).toHaveLength(1);
  await until(async () => expect(await bot.ready()).toBeUndefined());
});

test("starts without a network or with a wrong token, and says so once", async () => {
  const silent = await start({ apiRoot: "http://127.0.0.1:9" });
  await until(async () => expect(await silent.ready()).toMatch(/does not answer/));
  const wrong = await start({ token: "4242:wrong" });
  await until(async () => expect(await wrong.ready()).toMatch(/does not know the token/));
  await until(() => expect(platform.double.state().calls.getMe ?? 0).toBe(0));
  expect(lines(/does not answer/)).toHaveLength(1);
});

test("obeys the pause that Telegram asks for", async () => {
  platform.double.fault({ method: "getMe", error_code: 429, retry_after: 1 });
  const before = performance.now();
  const bot = await start();
  await until(async () => expect(await bot.ready()).toBeUndefined());
  expect(performance.now() - before).toBeGreaterThan(990);
});

test("polls only while it is this process's turn", async () => {
  const turns: { lost: AbortController; release: () => Promise<void> }[] = [];
  const waiting: ((turn: { lost: AbortSignal; release: () => Promise<void> }) => void)[] = [];
  const give = () => {
    const lost = new AbortController();
    const turn = { lost, release: vi.fn(async () => {}) };
    turns.push(turn);
    waiting.shift()?.({ lost: lost.signal, release: turn.release });
    return turn;
  };
  const mayPoll: NonNullable<Settings["mayPoll"]> = (stopped) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      stopped.addEventListener("abort", () => resolve(undefined));
    });
  const bot = await start({ mayPoll });
  await until(() => expect(waiting).toHaveLength(1));
  expect(await bot.ready()).toBeUndefined();
  platform.say(platform.person(), "one");

  const first = give();
  await until(() => expect(received).toHaveLength(1));
  first.lost.abort();
  await until(() => expect(waiting).toHaveLength(1));
  expect(first.release).toHaveBeenCalledTimes(1);
  platform.say(platform.person(), "two");

  const second = give();
  await until(() => expect(received).toHaveLength(2));
  await bot.stop();
  expect(second.release).toHaveBeenCalledTimes(1);

  await start({ mayPoll });
  await until(() => expect(waiting).toHaveLength(1));
});

test("answers every press, also those that mean nothing", async () => {
  const { double } = platform;
  const staff = double.user({ first_name: "Kim" });
  const [team, other] = [double.group({ members: [staff.id] }), double.group({ members: [staff.id] })];
  const bot = await start({ staffChat: team.id });
  const card = rendered("K7-42M", { buttons: [{ label: "Übernehmen", data: "claim:K7-42M" }], standing: [] });
  for (const group of [team, other]) {
    await bot.send(String(group.id), card);
    double.press({ user: staff.id, chat: group.id, label: "Übernehmen" });
  }
  await until(() => expect(double.state().unansweredPresses).toBe(0));
  expect(acts).toMatchObject([{ room: String(team.id), code: "K7-42M", by: { id: String(staff.id), name: "Kim" } }]);
  expect(received).toEqual([]);
  expect(double.transcript({ chat: team.id }).toasts).toMatchObject([{ text: "It is yours" }]);
  expect(double.transcript({ chat: other.id }).toasts).toEqual([]);
});

test("does not mind a press that is too old to be answered", async () => {
  const address = platform.person();
  const bot = await start({}, async () => ({ notice: "x".repeat(500) }));
  await bot.send(address, question(2));
  platform.double.fault({
    method: "answerCallbackQuery",
    error_code: 400,
    description: "Bad Request: query is too old",
  });
  platform.press(address, "Answer 1.");
  platform.press(address, "Answer 1.");
  await until(async () => expect(await platform.toasts(address)).toEqual(["x".repeat(200)]));
  expect(await bot.ready()).toBeUndefined();
});
