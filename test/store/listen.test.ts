import { afterAll, beforeAll, expect, test } from "vitest";
import { lockContact, writeToContact } from "../../src/store/contact-lane.ts";
import { type CaseChanges, listenToCases } from "../../src/store/listen.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, keyringOf } from "../staff/stage.ts";

let database: TestDatabase;
let here: CaseChanges;
let there: CaseChanges;

beforeAll(async () => {
  database = await createDatabase();
  here = await listenToCases(database.url, database.pool);
  there = await listenToCases(database.url, database.pool);
});

afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});

function count(changes: CaseChanges) {
  const counter = { n: 0, stop: () => {} };
  counter.stop = changes.onChange(() => {
    counter.n++;
  });
  return counter;
}

test("tells listeners of other processes, and puts many changes together", async () => {
  const heard = count(there);
  for (let n = 0; n < 100; n++) here.announce();
  await expect.poll(() => heard.n, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  expect(heard.n).toBeLessThan(10);
  heard.stop();
});

test("tells nobody who has stopped listening", async () => {
  const [gone, staying] = [count(there), count(there)];
  gone.stop();
  here.announce();
  await expect.poll(() => staying.n, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(gone.n).toBe(0);
  staying.stop();
});

test("listens again after its connection was lost, and tells that something may have changed", async () => {
  const heard = count(there);
  await database.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN cases' AND datname = current_database()",
  );
  await expect.poll(() => heard.n, { timeout: 20_000 }).toBeGreaterThan(0);
  const before = heard.n;
  here.announce();
  await expect.poll(() => heard.n, { timeout: 20_000 }).toBeGreaterThan(before);
  heard.stop();
});

test("tells every process what was written for somebody who pulls, once it is there, and of nobody else", async () => {
  const keyring = await keyringOf(database.pool);
  const web = await addCase(database.pool, { code: "WW-222", channel: "web", account: "web", address: "browser" });
  const chat = await addCase(database.pool, { code: "WW-333" });
  const heard: string[][] = [[], []];
  for (const [index, changes] of [here, there].entries()) changes.onHint((hash) => void heard[index]?.push(hash));
  for (const { contactId } of [chat, web]) {
    await inTransaction(database.pool, async (client) => {
      const contact = await lockContact(client, keyring, contactId);
      const message = { type: "prompt", prompt: { key: "talk.none" }, language: "en" } as const;
      if (contact) await writeToContact(client, contact, 1, [message]);
      expect(heard.flat()).toEqual([]);
    });
  }
  const expected = [keyring.hashAddress("web", "web", "browser").toString("hex")];
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([expected, expected]);
});
