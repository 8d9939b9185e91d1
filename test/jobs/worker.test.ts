import { Logger, makeWorkerUtils } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addStaff } from "./stage.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

test("who comes, leaves or is absent has cases looked after at once, however that is written, with one job", async () => {
  // Before the worker's first start there is nothing to ask.
  const ada = await addStaff(database.pool, "Ada", "nord");
  const utils = await makeWorkerUtils({ connectionString: database.url, logger: new Logger(() => () => {}) });
  await utils.migrate();
  const jobs = async () =>
    (await database.pool.query(`SELECT task_identifier AS task, key FROM graphile_worker.jobs`)).rows;
  expect(await jobs()).toEqual([]);
  await database.pool.query(`UPDATE staff SET absent_from = '2026-11-20' WHERE id = $1`, [ada]);
  await addStaff(database.pool, "Bela", "nord");
  await database.pool.query(`UPDATE staff SET ended_at = now()`);
  expect(await jobs()).toEqual([{ task: "look-after-cases", key: "look-after-cases" }]);
  await utils.release();
});
