import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changeKeys } from "../../src/jobs/change-keys.ts";
import { countWrapped, switchKey, wrapAnew } from "../../src/store/key-change.ts";
import { newDataKey, openKeyring } from "../../src/store/keyring.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { KeyError, keyIdOf } from "../../src/store/wrapping.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "../host/process.ts";
import { until } from "../host/stand-in.ts";

let database: TestDatabase;
let before: Buffer;
let next: Buffer;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createDatabase();
  [before, next] = [randomBytes(32), randomBytes(32)];
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await database.drop();
});

/** A process of the service with these keys, and what it does about a change of them. */
async function start(...keys: Buffer[]) {
  const { pool, url } = database;
  const told: string[] = [];
  const log = { info: (text: string) => void told.push(text), warn: () => {}, error: () => {} };
  const keyring = await openKeyring(pool, ...keys);
  const process = await startProcess(url, pool, keyring);
  const change = changeKeys({ pool, keyring, log, every: 20, quiet: 0.5 });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await change.stop();
    await process.stop();
  };
  ends.push(stop);
  return { keyring, process, change, told, stop };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Lets people write, each to all processes in turn, until stopped; answers how many messages were not taken. */
function crowd(processes: () => Started[]) {
  let [running, written, refused] = [true, 0, 0];
  const talk = async (who: string) => {
    for (let n = 0; running; n++) {
      const all = processes();
      const { process } = all[n % all.length] as Started;
      const content = n === 0 ? ({ type: "start" } as const) : ({ type: "words", text: "/menu" } as const);
      await process.turns.receive(messageFrom(who, content)).then(
        () => written++,
        () => refused++,
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const arrive = async () => {
    // New contacts all the time: their keys are the ones that are being wrapped.
    const talks: Promise<void>[] = [];
    for (let n = 0; running; n++) {
      if (talks.length < 60) talks.push(talk(`crowd-${n}`));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await Promise.all(talks);
  };
  const done = arrive();
  return {
    async stop() {
      running = false;
      await done;
      return { written, refused };
    },
  };
}

test("two processes change the key while people write, and lose or refuse nothing", async () => {
  const { pool } = database;
  const [old, young] = [keyIdOf(before), keyIdOf(next)];
  let [one, two] = [await start(before), await start(before)];
  await ensureRooms(pool, one.keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "minimal" },
  ]);
  const people = crowd(() => [one, two]);
  const many = async (count: number) => {
    await until(
      async () => Number((await pool.query(`SELECT count(*) FROM contact`)).rows[0].count) >= count,
      "people",
    );
  };
  await many(15);

  // The first process knows the new key, the second one does not: nothing changes yet, and each reads what the other wraps.
  const first = one;
  one = await start(next, before);
  await first.stop();
  await until(() => one.told.some((text) => text.includes("do not know it yet")), "a note that it waits");
  await many(25);
  expect([...(await countWrapped(pool)).keys()]).toEqual([old]);

  // Once the second one knows it, too, everything is wrapped anew, and the old key is refused.
  const second = two;
  two = await start(next, before);
  await second.stop();
  await Promise.all([one.change.done, two.change.done]);
  expect([...(await countWrapped(pool)).keys()]).toEqual([young]);
  expect([one.keyring.wrapping.ids(), two.keyring.wrapping.ids()]).toEqual([[young], [young]]);
  await many(40);

  const { written, refused } = await people.stop();
  expect(refused).toBe(0);
  expect(written).toBeGreaterThan(200);
  expect([first, second, one, two].flatMap(({ process }) => process.faults)).toEqual([]);
  expect(await boxesOf(old)).toEqual([]);
});

/** Columns in which something is wrapped by a key, whichever they are. */
async function boxesOf(id: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ table: string; column: string }>(
    `SELECT attrelid::regclass::text AS table, quote_ident(attname) AS column FROM pg_attribute
       JOIN pg_class c ON c.oid = attrelid
      WHERE atttypid = 'bytea'::regtype AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { table, column } of rows) {
    const { rowCount } = await database.pool.query(
      `SELECT FROM ${table} WHERE substring(${column} FOR 4) = decode($1, 'hex')`,
      [id],
    );
    if (rowCount) found.push(`${table}.${column}`);
  }
  return found;
}

test("wrong orders fail with a sentence", async () => {
  const { pool, url } = database;
  const stale = await openKeyring(pool, before);
  await expect(openKeyring(pool, next)).rejects.toThrow(/is not the key that this database was sealed with/);
  const keyring = await openKeyring(pool, next, before);
  expect(await switchKey(pool, keyring)).toEqual({ waitingFor: 0 });

  await expect(openKeyring(pool, before)).rejects.toThrow(/was replaced by a newer one/);
  await expect(openKeyring(pool, before, next)).rejects.toThrow(/Put the newer one first/);
  await expect(openKeyring(pool, randomBytes(32), before)).rejects.toThrow(KeyError);
  // It was opened a moment before, by a process that starts only now.
  await expect(startProcess(url, pool, stale)).rejects.toThrow(/Start it again with the new key in front/);
  await expect(openKeyring(pool, next)).resolves.toBeDefined();
});

test("a change that was cut off goes on where it was", async () => {
  const { pool } = database;
  const keyring = await openKeyring(pool, before);
  const wrapped = Array.from({ length: 450 }, () => keyring.wrap(newDataKey()));
  await pool.query(
    `INSERT INTO contact (id, channel, address_hash, address, data_key)
      SELECT gen_random_uuid(), 'telegram', sha256(w), '', w FROM unnest($1::bytea[]) AS w`,
    [wrapped],
  );
  const changing = await openKeyring(pool, next, before);
  await switchKey(pool, changing);
  let steps = 0;
  expect(await wrapAnew(pool, changing, () => ++steps > 2)).toBe(200);
  expect((await countWrapped(pool)).get(keyIdOf(before))).toEqual({ contact: 250 });
  // Nothing is refused that is still needed.
  const again = await openKeyring(pool, next, before);
  expect(await wrapAnew(pool, again)).toBe(250);
  expect([...(await countWrapped(pool)).keys()]).toEqual([keyIdOf(next)]);
  const { rows } = await pool.query<{ data_key: Buffer }>(`SELECT data_key FROM contact LIMIT 1`);
  expect(() => again.unwrap(rows[0]?.data_key ?? Buffer.alloc(60))).not.toThrow();
});
