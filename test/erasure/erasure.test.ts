import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Logger, makeWorkerUtils } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Log } from "../../src/domain/log.ts";
import { eraseAskedFor } from "../../src/jobs/erase-asked.ts";
import { createLog, logError } from "../../src/log.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { pull } from "../../src/store/pull.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess, writing } from "../host/process.ts";
import { askForErasure, happenings, type Life, words } from "./life.ts";
import { dumpDatabase, type Hit, type Needle, searchDatabase, searchFiles, searchText } from "./search.ts";

const who = "778899001122";
const webAddress = randomBytes(24).toString("base64url");
const addresses: Needle[] = [
  { name: "address on Telegram", value: who },
  { name: "address on the web", value: webAddress },
];

let folder: string;
let database: TestDatabase;
let keyring: Keyring;
let life: Life;
let ids: Needle[];
const lines: string[] = [];
const logger = createLog("trace", { write: (line: string) => void lines.push(line) });
const log: Log = {
  info: (text) => logger.info(text),
  warn: (text) => logger.warn(text),
  error: (text) => logger.error(text),
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "erasure-"));
  database = await createDatabase();
  const { pool, url } = database;
  keyring = await openKeyring(pool, randomBytes(32));
  await ensureRooms(pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "triage" },
  ]);
  const process = await startProcess(url, pool, keyring, { log });
  life = { pool, keyring, process, who };
  // Makes the tables of the job queue.
  const jobs = await makeWorkerUtils({ pgPool: pool, logger: new Logger(() => () => {}) });
  await jobs.migrate();
  await jobs.release();
  for (const happen of Object.values(happenings)) {
    await happen(life);
    writing.ahead += 2 * 60_000;
  }
  await onTheWeb("Zzstraymark on the web");
  // As of a job that an appointment or an escalation would need, at a time to come.
  ids = await idsOf();
  for (const { value } of ids.filter(({ name }) => name === "contact" || name === "case"))
    await pool.query(
      `SELECT graphile_worker.add_job('later', json_build_object('id', $1::text), run_at := now() + '1 day')`,
      [value],
    );
  logError(logger, new Error(`said Zzstraymark to ${who}`), "a fault");
}, 60_000);

afterAll(async () => {
  await life.process.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function onTheWeb(text: string): Promise<void> {
  const message = { ...messageFrom(webAddress, { type: "words", text }), channel: "web", account: "web" } as const;
  await life.process.turns.receive(message);
}

async function idsOf(): Promise<Needle[]> {
  const { rows } = await database.pool.query<Needle>(
    `SELECT 'contact' AS name, id::text AS value FROM contact UNION ALL SELECT 'session', id::text FROM session
      UNION ALL SELECT 'hash of an address', encode(address_hash, 'hex') FROM contact
      UNION ALL SELECT 'case', id::text FROM case_file UNION ALL SELECT 'code', code FROM case_file`,
  );
  return rows;
}

/** Where an id stays, as a pseudonym that leads to nothing: the proof of agreements, the list of what was erased, and the code that staff and the person know. */
const staying: Hit[] = [
  { where: "public.agreement.contact_id", needle: "contact" },
  { where: "public.erased.subject_id", needle: "contact" },
  { where: "public.erased.subject_id", needle: "case" },
  { where: "public.case_file.id", needle: "case" },
  { where: "public.case_file.code", needle: "code" },
  { where: "public.case_event.case_id", needle: "case" },
  { where: "public.card.case_id", needle: "case" },
];
const inFiles: Hit[] = [
  ...staying.map(({ where, needle }) => ({ where: `dump/${where.replace(/\.[^.]*$/, "")}`, needle })),
  { where: "erased.log", needle: "contact" },
  { where: "erased.log", needle: "case" },
];

const but = (expected: Hit[], hits: Hit[]) =>
  hits.filter((hit) => !expected.some(({ where, needle }) => where === hit.where && needle === hit.needle));
const unique = (needles: Needle[]) => [...new Map(needles.map((needle) => [needle.value, needle])).values()];

test("whoever has the database and no key reads no word and no address", async () => {
  const { rows } = await database.pool.query(`SELECT (SELECT count(*)::int FROM intake) AS intakes,
    (SELECT count(*)::int FROM message) AS messages, (SELECT count(*)::int FROM dropped) AS dropped`);
  expect(rows[0]).toMatchObject({ intakes: 4, dropped: 3 });
  expect((await database.pool.query(`SELECT FROM file WHERE octet_length(body) > 1000`)).rowCount).toBe(2);
  expect(rows[0].messages).toBeGreaterThan(10);
  for (const table of ["decision", "referral", "reading", "staff_notice", "agreement", "card"])
    expect((await database.pool.query(`SELECT FROM ${table}`)).rowCount, table).toBeGreaterThan(0);
  expect((await database.pool.query(`SELECT FROM case_event WHERE words IS NOT NULL`)).rowCount).toBe(5);
  expect(await searchDatabase(database.pool, [...words, ...addresses])).toEqual([]);
  await dumpDatabase(database.pool, join(folder, "dump"));
  expect(await searchFiles(folder, [...words, ...addresses])).toEqual([]);
});

test("the log has no word, no address and no id", () => {
  expect(lines.length).toBeGreaterThan(1);
  expect(searchText("log", lines.join(""), [...words, ...addresses, ...ids])).toEqual([]);
});

test("after the erasure, no word, address or id is left in database, log and files", async () => {
  const { pool } = database;
  const before = await searchDatabase(pool, ids);
  for (const where of ["public.outbox.lane", "public.message.contact_id", "graphile_worker._private_jobs.payload"])
    expect(before).toContainEqual({ where, needle: "contact" });
  expect(before).toContainEqual({ where: "public.staff_notice.facts", needle: "code" });
  await onTheWeb("/data");
  await onWebPress("delete");
  await onWebPress("yes");
  await pull(pool, keyring, keyring.hashAddress("web", "web", webAddress), 2 ** 31 - 1);
  await askForErasure(life);
  await life.process.settled();
  await eraseAskedFor(pool, { log, erasedList: join(folder, "erased.log") });

  ids = unique([...ids, ...(await idsOf())]);
  const all = [...words, ...addresses, ...ids];
  expect(but(staying, await searchDatabase(pool, all))).toEqual([]);
  await dumpDatabase(pool, join(folder, "dump"));
  await writeFile(join(folder, "log"), lines.join(""));
  expect(but(inFiles, await searchFiles(folder, all))).toEqual([]);
  expect(await pool.query(`SELECT FROM contact`)).toMatchObject({ rowCount: 0 });
  expect((await pool.query(`SELECT code, status, contact_id, needs FROM case_file`)).rows).toEqual(
    ids
      .filter(({ name }) => name === "code")
      .map(({ value }) => ({ code: value, status: "erased", contact_id: null, needs: [] })),
  );
});

async function onWebPress(value: string): Promise<void> {
  const asked = life.process.sent;
  const rows = await pull(database.pool, keyring, keyring.hashAddress("web", "web", webAddress), 0);
  const question = rows
    .map(({ message }) => message)
    .findLast((message) => "token" in message && message.token !== undefined);
  if (question?.type !== "prompt" || question.token === undefined)
    throw new Error(`nothing was asked (${asked.length})`);
  const content = { type: "press", data: `${question.token.toString(36)}:${value}` } as const;
  await life.process.turns.receive({ ...messageFrom(webAddress, content), channel: "web", account: "web" });
}

test.each([
  ["text", "Zzforgottenmark"],
  ["bytea", Buffer.from("Zzforgottenmark")],
  ["jsonb", JSON.stringify({ note: ["Zzforgottenmark"] })],
  ["text[]", ["x", "Zzforgottenmark"]],
  ["text", Buffer.from("…Zzforgottenmark").toString("base64")],
])("the search finds what was forgotten in a column of type %s", async (type, planted) => {
  await database.pool.query(`CREATE SCHEMA forgotten`);
  await database.pool.query(`CREATE TABLE forgotten.place (id int, kept ${type})`);
  await database.pool.query(`INSERT INTO forgotten.place VALUES (1, $1)`, [planted]);
  const needles = [{ name: "word", value: "Zzforgottenmark" }];
  const hits = await searchDatabase(database.pool, needles);
  const dump = join(folder, `planted`);
  await dumpDatabase(database.pool, dump);
  const files = await searchFiles(dump, needles);
  await rm(dump, { recursive: true });
  await database.pool.query(`DROP SCHEMA forgotten CASCADE`);
  expect(hits).toEqual([{ where: "forgotten.place.kept", needle: "word" }]);
  expect(files).toEqual([{ where: "forgotten.place", needle: "word" }]);
});

test.each(["uuid", "text", "bytea", "jsonb"])("and an id in a column of type %s", async (type) => {
  const id = "0198c1f2-0000-7000-8000-00000000abcd";
  const planted = {
    uuid: id,
    text: `x:${id}`,
    bytea: Buffer.from(id.replaceAll("-", ""), "hex"),
    jsonb: `{"a":"${id}"}`,
  };
  await database.pool.query(`CREATE TABLE forgotten (kept ${type})`);
  await database.pool.query(`INSERT INTO forgotten VALUES ($1)`, [planted[type as keyof typeof planted]]);
  const hits = await searchDatabase(database.pool, [{ name: "id", value: id }]);
  await database.pool.query(`DROP TABLE forgotten`);
  expect(hits).toEqual([{ where: "public.forgotten.kept", needle: "id" }]);
});
