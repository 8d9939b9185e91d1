import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { dailyDigest } from "../../src/jobs/daily-digest.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { paderborn as place } from "../domain/people.ts";
import { addCaseOf, lookout } from "./stage.ts";

let database: TestDatabase;
let given: Awaited<ReturnType<typeof lookout>>;

beforeAll(async () => {
  database = await createDatabase();
});
beforeEach(async () => {
  given = await lookout(database.pool, place);
});
afterEach(async () => {
  await database.pool.query(`DELETE FROM case_file`);
  await database.pool.query(`DELETE FROM digest`);
});
afterAll(() => database.drop());

const digest = (now: string) => dailyDigest(database.pool, given.given, Date.parse(now));
const add = (code: string, columns: { [name: string]: unknown }) => addCaseOf(database.pool, { code }, columns);
const sent = (at: string) => ({ submitted_at: new Date(at) });

test("counts what is new, waits, is due and silent, once a day, by however many it is made", async () => {
  await digest("2026-11-19T07:30Z");
  await add("AA-222", { ...sent("2026-11-16T09:00Z"), due_on: "2026-11-19" });
  await add("AA-333", { ...sent("2026-11-18T09:00Z"), due_on: "2026-11-20" });
  await add("AA-444", { ...sent("2026-11-19T09:00Z"), due_on: "2026-11-24" });
  await add("AA-555", { ...sent("2026-11-19T10:00Z"), status: "claimed", escalated: 1 });
  await add("AA-666", { ...sent("2026-11-10T10:00Z"), status: "closed", escalated: 1 });
  await add("AA-777", { ...sent("2026-11-10T10:00Z"), team: "sued", due_on: "2026-11-24" });
  const other = await lookout(database.pool, place);
  const now = Date.parse("2026-11-20T07:31Z");
  await Promise.all([
    digest("2026-11-20T07:31Z"),
    dailyDigest(database.pool, other.given, now),
    digest("2026-11-20T07:31Z"),
  ]);
  await digest("2026-11-20T09:00Z");
  const told = [...given.told, ...other.told].sort((a, b) => JSON.stringify(a.to).localeCompare(JSON.stringify(b.to)));
  expect(told.map(({ to, facts }) => ({ ...to, ...facts }))).toEqual([
    { team: "nord", fresh: 2, waiting: 3, dueToday: 1, overdue: 1, silent: 1, oldest: "AA-222" },
    { team: "sued", fresh: 0, waiting: 1, dueToday: 0, overdue: 0, silent: 0, oldest: "AA-777" },
  ]);
});

test("coordination hears of cases of other teams that it was told of", async () => {
  await add("AA-888", { ...sent("2026-11-19T09:00Z"), told_teams: ["koordination"] });
  await digest("2026-11-20T08:00Z");
  expect(given.news()).toEqual(["digest nord", "digest koordination"]);
});

test.each([
  ["before its time", "2026-11-20T07:29Z", 0],
  ["at its time", "2026-11-20T07:30Z", 1],
  ["after a stop, before noon", "2026-11-20T10:59Z", 1],
  ["at noon", "2026-11-20T11:00Z", 0],
  ["on a Saturday", "2026-11-21T08:00Z", 0],
  ["on a holiday", "2026-12-25T08:00Z", 0],
  ["on a day of closure", "2026-12-24T08:00Z", 0],
])("%s there are so many overviews: %s", async (_, now, count) => {
  await add("AA-999", { ...sent("2026-11-19T09:00Z") });
  await digest(now);
  expect(given.told).toHaveLength(count);
});

test("says nothing where there is nothing to say, and not later on that day either", async () => {
  await digest("2026-11-20T08:00Z");
  await add("AA-23A", { ...sent("2026-11-20T08:10Z") });
  await digest("2026-11-20T08:30Z");
  expect(given.told).toEqual([]);
});

test("is made up for when it failed", async () => {
  await add("AA-23B", { ...sent("2026-11-19T09:00Z") });
  const failing = { ...given.given, tell: () => Promise.reject(new Error("no")) };
  await expect(dailyDigest(database.pool, failing, Date.parse("2026-11-20T08:00Z"))).rejects.toThrow("no");
  await digest("2026-11-20T08:05Z");
  expect(given.news()).toEqual(["digest nord"]);
});
