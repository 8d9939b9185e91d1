import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Marks } from "../../src/host/marks.ts";
import { openClient } from "../../src/store/pool.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { until } from "./stand-in.ts";

let database: TestDatabase;
let client: Client;
let marks: Marks;

beforeAll(async () => {
  database = await createDatabase();
});
beforeEach(async () => {
  client = await openClient(database.url, "-c lock_timeout=50ms");
  marks = new Marks();
  await marks.use(client);
});
afterEach(async () => {
  await marks.use(undefined);
  await client.end();
});
afterAll(() => database.drop());

async function writeRow() {
  const row = { lane: randomUUID(), n: 1 };
  await database.pool.query(`INSERT INTO outbox (lane, n, owner, body) VALUES ($1, $2, 1, '')`, [row.lane, row.n]);
  return row;
}
const isGone = async ({ lane }: { lane: string }) =>
  (await database.pool.query(`SELECT FROM outbox WHERE lane = $1`, [lane])).rowCount === 0;

test("takes sent rows out of the outbox, also after PostgreSQL refused to once", async () => {
  const row = await writeRow();
  const other = await database.pool.connect();
  await other.query("BEGIN");
  await other.query(`SELECT FROM outbox WHERE lane = $1 FOR UPDATE`, [row.lane]);
  marks.add(row);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await other.query("ROLLBACK");
  other.release();
  await until(() => isGone(row), "the row to be gone");
});

test("goes on with the next connection when one breaks", async () => {
  await database.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lotse'`);
  const row = await writeRow();
  marks.add(row);
  await marks.use(undefined);
  client = await openClient(database.url);
  await marks.use(client);
  expect(await isGone(row)).toBe(true);
});

test("leaves out of what is read what was sent meanwhile", async () => {
  const [before, meanwhile, unsent] = [await writeRow(), await writeRow(), await writeRow()];
  marks.add(before);
  const read = async () => {
    marks.add(meanwhile);
    await until(() => isGone(meanwhile), "the row to be gone");
    return [before, meanwhile, unsent];
  };
  expect(await marks.unsent(read)).toEqual([unsent]);
});
