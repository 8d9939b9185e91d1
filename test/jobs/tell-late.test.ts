import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TellLate, tellLateAnswers } from "../../src/jobs/tell-late.ts";
import { readCase } from "../../src/store/cases.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { paderborn as place } from "../domain/people.ts";
import { messageFrom, startProcess } from "../host/process.ts";
import { ada, walk } from "../host/walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let process: Awaited<ReturnType<typeof startProcess>>;
let people = 0;
let news: string[] = [];

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
});
beforeEach(async () => {
  process = await startProcess(database.url, database.pool, keyring);
  news = [];
});
afterEach(() => process.stop());
afterAll(() => database.drop());

/** Somebody who sent an intake whose promised day, a Thursday, is over. */
async function waiting() {
  const who = `l${++people}`;
  await walk(process, who, ada);
  const { rows } = await database.pool.query(
    `UPDATE case_file f SET due_on = '2026-11-19' FROM contact c
      WHERE c.id = f.contact_id AND c.address_hash = $1 RETURNING f.id, f.code, f.contact_id AS contact`,
    [keyring.hashAddress("telegram", "4242", who)],
  );
  return { who, ...(rows[0] as { id: string; code: string; contact: string }) };
}

const morning = Date.parse("2026-11-20T08:00Z");
const tell = (now = morning, given: Partial<TellLate> = {}) =>
  tellLateAnswers(
    database.pool,
    {
      keyring,
      place,
      owner: () => process.dispatch.ownerNow?.number ?? 0,
      changed: (lanes) => void process.dispatch.wake(lanes),
      async tell(_client, { kind, to, about }) {
        news.push(`${about?.code} ${kind} ${"team" in to ? to.team : ""}`);
        return [];
      },
      ...given,
    },
    now,
  );
const lateOnes = () => process.sent.filter((message) => message.type === "prompt" && message.prompt.key === "late");

test("tells who waited in vain, once, in their language, and staff that it was said", async () => {
  const { who, code } = await waiting();
  await Promise.all([tell(), tell()]);
  await tell();
  await process.settled();
  expect(lateOnes()).toEqual([
    {
      type: "prompt",
      language: "en",
      prompt: {
        key: "late",
        values: {
          due: { type: "date", day: "2026-11-19" },
          code,
          phone: { type: "text", key: "example", values: { value: place.phone.number } },
          day: { type: "date", day: "2026-11-20" },
          from: "08:30",
          to: "12:30",
        },
      },
    },
  ]);
  expect(news).toEqual([`${code} late_told nord`]);
  const found = await readCase(await lazyPrisma(database.pool)(), keyring, code);
  expect(found?.events.map(({ kind }) => kind)).toContain("late_told");
  expect(found?.talk.at(-1)?.entries).toMatchObject([{ type: "said", key: "late" }]);
  // The conversation goes on where it was.
  await process.turns.receive(messageFrom(who, { type: "words", text: "menu" }));
  await process.settled();
  expect(process.sent.at(-1)).toMatchObject({ prompt: { key: "menu" } });
});

test("keeps quiet at night, and on the promised day itself", async () => {
  await waiting();
  for (const now of ["2026-11-19T22:30Z", "2026-11-20T06:59Z", "2026-11-20T19:00Z", "2026-11-19T18:00Z"])
    await tell(Date.parse(now));
  expect(lateOnes()).toEqual([]);
  await tell(Date.parse("2026-11-20T07:00Z"));
  await process.settled();
  expect(lateOnes()).toHaveLength(1);
});

test("says nothing to who said stop, blocked us, or is talking with staff", async () => {
  const [stopped, blocked, talking] = [await waiting(), await waiting(), await waiting()];
  await process.turns.receive(messageFrom(stopped.who, { type: "words", text: "stop" }));
  await process.turns.receive(messageFrom(blocked.who, { type: "blocked" }));
  await database.pool.query(`UPDATE session SET talking = $2 WHERE contact_id = $1`, [talking.contact, talking.id]);
  await tell();
  await process.settled();
  expect(lateOnes()).toEqual([]);
  // Who writes again and still waits hears it then.
  await process.turns.receive(messageFrom(stopped.who, { type: "words", text: "hello" }));
  await tell();
  await process.settled();
  expect(lateOnes()).toHaveLength(1);
});

test("says nothing to who said that the phone is not safe", async () => {
  const { who, id } = await waiting();
  await walk(process, who, { urgent: "unsafe" }, { type: "words", text: "I want to die" });
  await process.turns.receive(messageFrom(who, { type: "words", text: "menu" }));
  await tell();
  await process.settled();
  expect(lateOnes()).toEqual([]);
  const { rows } = await database.pool.query(`SELECT late_told_at FROM case_file WHERE id = $1`, [id]);
  expect(rows).toEqual([{ late_told_at: null }]);
});

test.each([
  ["claimed", "status = 'claimed'"],
  ["answered", "last_staff_at = now()"],
  ["closed", "status = 'closed'"],
])("says nothing of a case that is %s", async (_, columns) => {
  const { id } = await waiting();
  await database.pool.query(`UPDATE case_file SET ${columns} WHERE id = $1`, [id]);
  await tell();
  await process.settled();
  expect(lateOnes()).toEqual([]);
});

test("says nothing twice after it was stopped before the commit, and loses nothing", async () => {
  const { id } = await waiting();
  const killed = tell(morning, { tell: () => Promise.reject(new Error("killed")) });
  await expect(killed).rejects.toThrow("killed");
  await process.settled();
  expect(lateOnes()).toEqual([]);
  await tell();
  await tell();
  await process.settled();
  expect(lateOnes()).toHaveLength(1);
  await database.pool.query(`DELETE FROM case_file WHERE id = $1`, [id]);
});

test("tells nothing to whoever took back that we may write, and staff not that it was said", async () => {
  const { who, id } = await waiting();
  const plan = { data: ["agreements", "end"], agreements: ["contact", "end"], "agreements.one": "withdraw" };
  await walk(process, who, plan, { type: "words", text: "/data" });
  await tell();
  await process.settled();
  expect([lateOnes(), news]).toEqual([[], []]);
  const { rows } = await database.pool.query(`SELECT late_told_at FROM case_file WHERE id = $1`, [id]);
  expect(rows).toEqual([{ late_told_at: null }]);
});
