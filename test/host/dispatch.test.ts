import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SendError } from "../../src/domain/channel.ts";
import type { Dispatch } from "../../src/host/dispatch.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { dropLane } from "../../src/store/lanes.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { startDispatch, until, writeContact } from "./stand-in.ts";

let database: TestDatabase;
let keyring: Keyring;
const running: Dispatch[] = [];

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
});
afterEach(async () => {
  for (const dispatch of running.splice(0)) await dispatch.stop();
});
afterAll(() => database.drop());

async function start(bot?: Parameters<typeof startDispatch>[3]) {
  const started = await startDispatch(database.url, database.pool, keyring, bot);
  running.push(started.dispatch);
  return { ...started, owner: (await started.dispatch.owner()).number };
}

const left = async (lane: string) => {
  const { rows } = await database.pool.query(`SELECT n FROM outbox WHERE lane = $1`, [lane]);
  return rows.length;
};
const textsTo = (bot: Awaited<ReturnType<typeof start>>["bot"], address: string) =>
  bot.sent.filter((message) => message.address === address).map((message) => message.text);

test("sends what others wrote into its lanes, in order, and takes it out of the outbox", async () => {
  const { dispatch, bot, owner } = await start();
  const contact = await writeContact(database.pool, keyring, "101");
  await contact.write(owner, "one", "two", "three");
  await dispatch.wake([contact.id]);
  await until(async () => (await left(contact.id)) === 0, "an empty lane");
  expect(textsTo(bot, "101")).toEqual(["one", "two", "three"]);
});

test("takes over what an ended process had not sent, in order", async () => {
  const first = await start();
  first.bot.failures.push(...Array.from({ length: 99 }, () => new SendError("throttled", "wait", { retryAfter: 60 })));
  const contact = await writeContact(database.pool, keyring, "102");
  await contact.write(first.owner, "one", "two");
  await first.dispatch.wake([contact.id]);
  await first.dispatch.stop();
  const second = await start();
  await contact.write(second.owner, "three");
  await second.dispatch.wake([contact.id]);
  await until(async () => (await left(contact.id)) === 0, "an empty lane");
  expect(textsTo(second.bot, "102")).toEqual(["one", "two", "three"]);
});

test("sends nothing more of what another process has dropped meanwhile", async () => {
  const { dispatch, bot, owner } = await start();
  bot.failures.push(new SendError("throttled", "wait", { retryAfter: 1 }));
  const contact = await writeContact(database.pool, keyring, "108");
  await contact.write(owner, "refused at first", "two", "three");
  await dispatch.wake([contact.id]);
  await inTransaction(database.pool, (client) => dropLane(client, contact.id, "stopped"));
  await contact.write(owner, "four");
  await dispatch.wake([contact.id]);
  await until(() => textsTo(bot, "108").includes("four"), "the newest");
  expect(textsTo(bot, "108")).toEqual(["four"]);
});

test("leaves the rows of a living process alone", async () => {
  const first = await start();
  first.bot.failures.push(...Array.from({ length: 99 }, () => new SendError("throttled", "wait", { retryAfter: 60 })));
  const contact = await writeContact(database.pool, keyring, "103");
  await contact.write(first.owner, "one");
  const second = await start();
  const other = await writeContact(database.pool, keyring, "1031");
  await other.write(second.owner, "mine");
  await second.dispatch.wake([other.id, contact.id]);
  await until(async () => (await left(other.id)) === 0, "an empty lane");
  expect(textsTo(second.bot, "103")).toEqual([]);
  expect(await left(contact.id)).toBe(1);
});

test("waits as long as the platform says, then sends once", async () => {
  const { dispatch, bot, owner } = await start();
  bot.failures.push(new SendError("throttled", "wait", { retryAfter: 1 }));
  const contact = await writeContact(database.pool, keyring, "104");
  await contact.write(owner, "one", "two");
  const before = Date.now();
  await dispatch.wake([contact.id]);
  await until(async () => (await left(contact.id)) === 0, "an empty lane");
  expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
  expect(textsTo(bot, "104")).toEqual(["one", "two"]);
});

test("drops a refused message with its reason and goes on with the next", async () => {
  const { dispatch, bot, owner } = await start();
  bot.failures.push(new SendError("rejected", "no"));
  const contact = await writeContact(database.pool, keyring, "105");
  await contact.write(owner, "one", "two");
  await dispatch.wake([contact.id]);
  await until(async () => (await left(contact.id)) === 0, "an empty lane");
  expect(textsTo(bot, "105")).toEqual(["two"]);
  const { rows } = await database.pool.query(`SELECT reason FROM dropped WHERE lane = $1`, [contact.id]);
  expect(rows).toEqual([{ reason: "rejected" }]);
});

test("silences a contact that blocked the bot", async () => {
  const { dispatch, bot, owner } = await start();
  bot.failures.push(new SendError("stopped", "blocked"));
  const contact = await writeContact(database.pool, keyring, "106");
  await contact.write(owner, "one");
  await dispatch.wake([contact.id]);
  const silent = async () => {
    const { rows } = await database.pool.query(`SELECT silent FROM session WHERE contact_id = $1`, [contact.id]);
    return rows[0]?.silent === "blocked";
  };
  await until(silent, "a silent contact");
  expect(textsTo(bot, "106")).toEqual([]);
});

test("goes on after PostgreSQL ended all its connections", async () => {
  const { dispatch, bot, owner } = await start();
  bot.failures.push(new SendError("throttled", "wait", { retryAfter: 1 }));
  const contact = await writeContact(database.pool, keyring, "107");
  await contact.write(owner, "one", "two");
  await dispatch.wake([contact.id]);
  await database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'lotse' AND pid <> pg_backend_pid() AND datname = current_database()`);
  await until(async () => (await left(contact.id)) === 0, "an empty lane");
  expect(textsTo(bot, "107")).toEqual(["one", "two"]);
});
