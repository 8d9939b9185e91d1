import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { makeEndTalk } from "../../src/conversation/after-talk.ts";
import { prepareJobs, startJobs } from "../../src/jobs/worker.ts";
import { openPool } from "../../src/store/pool.ts";
import { loadTexts } from "../../src/texts.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { paderborn as place } from "../domain/people.ts";
import { until } from "../host/stand-in.ts";
import { addCaseOf, addStaff, historyOf, lookout } from "./stage.ts";

const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase();
  databases.push(database);
});
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(() => Promise.all(databases.map((one) => one.drop())));

test("who comes, leaves or is absent has cases looked after, however that is written, with one job", async () => {
  // Before the worker's first start there is nothing to ask.
  const ada = await addStaff(database.pool, "Ada", "nord");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const pool = openPool(database.url, log);
  running.push({ stop: () => pool.end() });
  await Promise.all([1, 2].map(() => prepareJobs({ pool, log })));
  const jobs = async () =>
    (await database.pool.query(`SELECT task_identifier AS task, key FROM graphile_worker.jobs`)).rows;
  expect(await jobs()).toEqual([]);
  await database.pool.query(`UPDATE staff SET absent_from = '2026-11-20' WHERE id = $1`, [ada]);
  await addStaff(database.pool, "Bela", "nord");
  await database.pool.query(`UPDATE staff SET ended_at = now()`);
  expect(await jobs()).toEqual([{ task: "look-after-cases", key: "look-after-cases" }]);
});

test("two processes give the cases of who is absent to the cover, each once, without being asked", async () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const { given, news } = await lookout(database.pool, place);
  const pool = openPool(database.url, log);
  const options = {
    ...given,
    pool,
    log,
    erasedList: join(tmpdir(), `lotse-worker-${randomUUID()}`, "erased.log"),
    forgetCards: async () => {},
    receive: async () => ({}),
    tellStaff: async () => {},
    talkEnd: makeEndTalk(place, loadTexts()),
    talkDays: 3,
    accountOf: () => undefined,
  };
  running.push(await startJobs(options), await startJobs(options), { stop: () => pool.end() });
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "nord")];
  const codes = ["AA-222", "AA-333", "AA-444", "AA-555", "AA-666"];
  const held = { status: "claimed", claimed_by: "Ada", claimed_by_id: `staff:${ada}`, claimed_at: new Date() };
  const cases = await Promise.all(codes.map((code) => addCaseOf(database.pool, { code }, held)));
  await database.pool.query(`UPDATE staff SET cover_id = $2, absent_from = '2026-11-01' WHERE id = $1`, [ada, bela]);
  const moved = `SELECT FROM case_file WHERE claimed_by_id = $1`;
  await until(
    async () => (await database.pool.query(moved, [`staff:${bela}`])).rowCount === codes.length,
    "cases with the cover",
  );
  for (const { id } of cases) expect(await historyOf(database.pool, id)).toEqual(["covering Bela"]);
  await until(() => news().filter((line) => line.endsWith(`covering ${bela}`)).length === codes.length, "news");
});
