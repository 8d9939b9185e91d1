import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, walk } from "./walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let running: Awaited<ReturnType<typeof startProcess>>[] = [];

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
});
afterEach(async () => {
  for (const process of running) await process.stop();
  running = [];
});
afterAll(() => database.drop());

async function start() {
  const process = await startProcess(database.url, database.pool, keyring);
  running.push(process);
  return process;
}

test("takes what waits when PostgreSQL ends all connections under load", { timeout: 60_000 }, async () => {
  const process = await start();
  for (let round = 0; round < 5; round++) {
    const taken = Array.from({ length: 300 }, (_, index) =>
      process.turns.receive(messageFrom(`l${round}-${index}`, { type: "start" })),
    );
    await database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'lotse' AND datname = current_database()`);
    await Promise.all(taken);
  }
  await process.settled();
  expect(process.bot.sent).toHaveLength(1500);
});

test("knows the card in a room though its connections broke just after it was sent", { timeout: 60_000 }, async () => {
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "minimal" },
  ]);
  const process = await start();
  const send = process.bot.send.bind(process.bot);
  process.bot.send = async (address, message) => {
    // Locked before the bot answers, or the id could be there before anything breaks.
    if (address === "-100") await lockCards();
    return send(address, message);
  };
  /** Keeps the card's id from being written until the connection that writes it is gone. */
  async function lockCards() {
    const client = await database.pool.connect();
    await client.query("BEGIN; LOCK TABLE card");
    const writers = `FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND l.relation = 'card'::regclass AND a.application_name = 'lotse'`;
    const breakWriter = async () => {
      await until(async () => (await client.query(`SELECT 1 ${writers}`)).rows.length > 0, "a card's id on its way");
      await client.query(`SELECT pg_terminate_backend(pid) ${writers}`);
      await client.query("ROLLBACK");
      client.release();
    };
    void breakWriter();
  }
  await walk(process, "c1", ada);
  await process.settled();
  const { rows } = await database.pool.query(`SELECT 1 FROM card`);
  expect(rows).toHaveLength(1);
});

test("stays one owner when its connections break again while it takes new ones", { timeout: 60_000 }, async () => {
  const process = await start();
  const end = () =>
    database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'lotse' AND datname = current_database()`);
  for (let round = 0; round < 60; round++) {
    await end();
    await new Promise((resolve) => setTimeout(resolve, round % 13));
  }
  await process.turns.receive(messageFrom("one-owner", { type: "start" }));
  const owners = async () => {
    const { rows } = await database.pool.query<{ owner: string }>(
      `SELECT DISTINCT objid AS owner FROM pg_locks WHERE locktype = 'advisory' AND classid = 1282372723
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND mode = 'ShareLock'`,
    );
    return rows.length;
  };
  await process.settled();
  await until(async () => (await owners()) === 1, "one owner");
});
