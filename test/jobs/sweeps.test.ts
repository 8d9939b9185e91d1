import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eraseAskedFor } from "../../src/jobs/erase-asked.ts";
import { keepPeriods } from "../../src/jobs/keep-periods.ts";
import { remindOpenIntakes } from "../../src/jobs/remind-open-intakes.ts";
import { loadPlace } from "../../src/places.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "../host/process.ts";
import { until } from "../host/stand-in.ts";
import { ada, walk } from "../host/walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let process: Awaited<ReturnType<typeof startProcess>>;
let people = 0;
const log = { info: () => {}, warn: () => {}, error: () => {} };
/** Answers so far, without the last ones: the intake stays open. */
const unfinished = { ...ada, "intake.summary": [], "intake.age": [] };

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
});
beforeEach(async () => {
  process = await startProcess(database.url, database.pool, keyring);
});
afterEach(() => process.stop());
afterAll(async () => {
  await database.drop();
  await rm(dirname(erasedList), { recursive: true, force: true });
});

const newPerson = () => `c${++people}`;
const idOf = async (who: string) => {
  const { rows } = await database.pool.query(`SELECT id FROM contact WHERE address_hash = $1`, [
    keyring.hashAddress("telegram", "4242", who),
  ]);
  return rows[0]?.id as string | undefined;
};
const remind = () =>
  remindOpenIntakes(database.pool, {
    keyring,
    receive: process.turns.receive.bind(process.turns),
    accountOf: () => "4242",
  });
const dueNow = (id: string | undefined) =>
  database.pool.query(`UPDATE session SET remind_at = now() WHERE contact_id = $1 AND remind_at IS NOT NULL`, [id]);
const erasedList = join(tmpdir(), `lotse-sweeps-${randomBytes(4).toString("hex")}`, "erased.log");
const place = loadPlace("kreis-paderborn");
const erase = () => keepPeriods(database.pool, { log, place, erasedList, forgetCards: async () => {} });
const eraseAsked = () => eraseAskedFor(database.pool, { log, erasedList });
const setBack = (id: string | undefined, days: number) =>
  database.pool.query(`UPDATE session SET updated_at = now() - make_interval(days => $2) WHERE contact_id = $1`, [
    id,
    days,
  ]);

test("offers an open intake again, once", async () => {
  const who = newPerson();
  await walk(process, who, unfinished);
  const id = await idOf(who);
  expect((await dueNow(id)).rowCount).toBe(1);
  await Promise.all([remind(), remind()]);
  await dueNow(id);
  await remind();
  await process.settled();
  const offers = process.sent.filter((message) => message.type === "prompt" && message.prompt.key === "resume");
  expect(offers).toHaveLength(1);
});

test("reminds nobody who sent everything, or only looked around", async () => {
  const [sender, visitor] = [newPerson(), newPerson()];
  await walk(process, sender, ada);
  await walk(process, visitor, { "home.language": "en" });
  for (const who of [sender, visitor]) expect((await dueNow(await idOf(who))).rowCount).toBe(0);
});

test("erases an intake that stayed open for the place's period, with the contact and its key", async () => {
  const [old, young] = [newPerson(), newPerson()];
  await walk(process, old, unfinished);
  await walk(process, young, unfinished);
  const [oldId, youngId] = [await idOf(old), await idOf(young)];
  await setBack(oldId, 15);
  await setBack(youngId, 13);
  await erase();
  expect(await idOf(old)).toBeUndefined();
  expect(await idOf(young)).toBe(youngId);
  const { rows } = await database.pool.query(`SELECT count(*)::int AS n FROM message WHERE contact_id = $1`, [oldId]);
  expect(rows).toEqual([{ n: 0 }]);
});

test("keeps whoever writes at the moment of the sweep", async () => {
  const who = newPerson();
  await walk(process, who, unfinished);
  const id = await idOf(who);
  await setBack(id, 15);
  const turn = await database.pool.connect();
  await turn.query("BEGIN");
  await turn.query(`UPDATE session SET updated_at = now(), version = version + 1 WHERE contact_id = $1`, [id]);
  const swept = erase();
  await until(async () => {
    const { rows } = await database.pool.query(`SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    return rows.length > 0;
  }, "a sweep that waits");
  await turn.query("COMMIT");
  turn.release();
  await swept;
  expect(await idOf(who)).toBe(id);
});

test("erases an intake that stays open beside a case, after the offer and the place's period, and keeps the case", async () => {
  const who = newPerson();
  await walk(process, who, ada);
  await walk(process, who, { ...unfinished, agreement: [], "intake.forWhom": "other" });
  const id = await idOf(who);
  await dueNow(id);
  await remind();
  const { rows } = await database.pool.query(
    `SELECT round(extract(epoch FROM remind_at - now()) / 86400)::int AS days FROM session WHERE contact_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ days: 13 }]);
  await database.pool.query(
    `UPDATE session SET remind_at = now(), updated_at = now() - interval '13 days' WHERE contact_id = $1`,
    [id],
  );
  await erase();
  await remind();
  await process.settled();
  expect((await dueNow(id)).rowCount).toBe(0);
  expect(await idOf(who)).toBe(id);
  await process.turns.receive(messageFrom(who, { type: "words", text: "menu" }));
  await walk(process, who, { menu: "continue" }, { type: "words", text: "menu" });
  expect(process.sent.at(-1)).toMatchObject({ prompt: { key: "home.main" } });
});

test("keeps a contact with a case", async () => {
  const who = newPerson();
  await walk(process, who, ada);
  await setBack(await idOf(who), 90);
  await erase();
  expect(await idOf(who)).toBeDefined();
});

test("erases a contact after its wish, unless it wrote again since", async () => {
  const [gone, back] = [newPerson(), newPerson()];
  for (const who of [gone, back])
    await walk(process, who, { "home.language": "en", "home.main": "data", data: "delete", "data.delete": "yes" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await walk(process, back, { "home.language": "en" });
  await eraseAsked();
  expect(await idOf(gone)).toBeUndefined();
  expect(await idOf(back)).toBeDefined();
});

test("forgets the ids of messages when they can't come again", async () => {
  await database.pool.query(
    `INSERT INTO seen (id, at) VALUES ('old', now() - interval '9 days'), ('new', now() - interval '7 days')`,
  );
  await erase();
  const { rows } = await database.pool.query(`SELECT id FROM seen WHERE id IN ('old', 'new')`);
  expect(rows).toEqual([{ id: "new" }]);
});
