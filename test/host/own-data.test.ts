import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readCase } from "../../src/store/cases.ts";
import { lockContact, writeToContact } from "../../src/store/contact-lane.ts";
import { takeFile } from "../../src/store/files.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { pull } from "../../src/store/pull.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, pressOn, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, type Plan, walk } from "./walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let process: Awaited<ReturnType<typeof startProcess>>;
let people = 0;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "minimal" },
  ]);
});
afterEach(() => process.stop());
afterAll(() => database.drop());

async function start() {
  process = await startProcess(database.url, database.pool, keyring);
  return `d${++people}`;
}

/** Opens "my data" and answers by a plan. */
const inData = (who: string, plan: Plan) => walk(process, who, plan, { type: "words", text: "/data" });
const query = async (text: string, ...values: unknown[]) => (await database.pool.query(text, values)).rows;
const contactOf = async (who: string): Promise<string> =>
  (await query(`SELECT id FROM contact WHERE address_hash = $1`, keyring.hashAddress("telegram", "4242", who)))[0]?.id;
const casesOf = async (who: string) => {
  const rows = await query(
    `SELECT code FROM case_file WHERE contact_id = $1 ORDER BY submitted_at`,
    await contactOf(who),
  );
  const prisma = await lazyPrisma(database.pool)();
  return Promise.all(rows.map(async ({ code }) => (await readCase(prisma, keyring, code)) ?? expect.fail("no case")));
};
const filesTo = (who: string) =>
  process.bot.sent.flatMap(({ address, file }) => (file && address === who ? [file] : []));
const lastCard = () => process.sent.findLast((message) => message.type === "card")?.card;

/** Somebody who has sent something for themselves and something for their family. */
async function twoCases(who: string) {
  await walk(process, who, ada);
  await walk(process, who, { ...ada, "intake.forWhom": "family", "intake.needs": ["+health", "done"], agreement: [] });
  return casesOf(who);
}

test("tells what was sent, with its answers and agreements", async () => {
  const who = await start();
  const [own] = await twoCases(who);
  await inData(who, { data: "see" });
  const told = process.sent.findLast((message) => message.type === "prompt" && message.prompt.key === "data.told");
  const text = JSON.stringify(told);
  expect(text).toContain(own?.code);
  for (const part of ["intake.summary.paper", "Delbrück", "purpose.intake", "data.kept.periods"])
    expect(text).toContain(part);
});

test("sends everything as two files, which are sealed until then and gone afterwards", async () => {
  const who = await start();
  await walk(process, who, {
    ...ada,
    "intake.reach": "phone",
    "intake.phone": "/0151 7654321",
    "intake.safeTime": "any",
  });
  process.bot.delay = 200;
  await inData(who, { data: "file" });
  expect(filesTo(who).map(({ name }) => name)).toEqual(["lotse.html", "lotse.json"]);
  const [page, data] = filesTo(who);
  expect(page?.text).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
  expect(page?.text).toContain("01517654321");
  const own = JSON.parse(data?.text ?? "");
  expect(own).toMatchObject({
    format: "lotse-export-1",
    place: "kreis-paderborn",
    contact: { address: who, channel: "telegram" },
    cases: [{ forWhom: "self", intakes: [{ version: 1, answers: { phone: "01517654321", where: "delbrueck" } }] }],
    agreements: [
      { purpose: "intake", state: "given" },
      { purpose: "naturalisation", state: "refused" },
    ],
    appointments: [],
  });
  expect(own.messages.length).toBeGreaterThan(5);
  expect(JSON.stringify(own)).not.toMatch(/claimed_by|"by_id"/);
  await until(async () => (await query(`SELECT FROM file`)).length === 0, "files to be forgotten");
});

test("keeps files sealed, and sends none that was erased before its turn", async () => {
  const who = await start();
  await walk(process, who, ada);
  await process.turns.receive(messageFrom(who, { type: "words", text: "/data" }));
  await process.settled();
  process.bot.delay = 1500;
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "file")));
  const [{ body, all }] = await query(
    `SELECT string_agg(encode(body, 'escape'), '') AS body, count(*)::int AS all FROM file`,
  );
  expect(all).toBe(2);
  expect(body).not.toMatch(/delbrueck|doctype|lotse-export/);
  await query(`DELETE FROM file WHERE contact_id = $1`, await contactOf(who));
  await process.settled();
  expect(filesTo(who).length).toBeLessThan(2);
  expect(await query(`SELECT reason FROM dropped WHERE lane = $1`, await contactOf(who))).toContainEqual({
    reason: "rejected",
  });
});

test("sends a change as a new version of the chosen case, and tells the team", async () => {
  const who = await start();
  const [own, family] = await twoCases(who);
  await inData(who, {
    data: "change",
    "data.which": family?.code ?? "",
    "intake.summary": ["change", "send"],
    "intake.change": "needs",
    "intake.needs": ["+housing", "done"],
  });
  const [ownAfter, changed] = await casesOf(who);
  expect(ownAfter?.versions).toBe(1);
  expect([changed?.code, changed?.versions, changed?.forWhom]).toEqual([family?.code, 2, "family"]);
  expect(changed?.intakes.map(({ answers }) => answers.needs)).toEqual([["health", "housing"], ["health"]]);
  expect(changed?.events.map(({ kind }) => kind)).toEqual(["submitted", "changed"]);
  expect(lastCard()).toMatchObject({ code: family?.code, flag: "changed" });
  const [row] = await query(`SELECT version, last_person_at FROM case_file WHERE code = $1`, changed?.code);
  expect(row).toMatchObject({ version: 2, last_person_at: expect.any(Date) });
  expect(own?.code).not.toBe(family?.code);
});

test("sends answers anew when their case was closed while they were changed", async () => {
  const who = await start();
  await walk(process, who, ada);
  const [before] = await casesOf(who);
  await inData(who, {
    data: "change",
    "intake.summary": "change",
    "intake.change": "needs",
    "intake.needs": ["+language", "done"],
  });
  await query(`UPDATE case_file SET status = 'closed' WHERE code = $1`, before?.code);
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "send")));
  await process.settled();
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "new")));
  await process.settled();
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "send")));
  await process.settled();
  const [closed, anew] = await casesOf(who);
  expect([closed?.status, closed?.versions]).toEqual(["closed", 1]);
  expect(anew?.intakes.map(({ answers }) => answers.needs)).toEqual([["benefits", "housing", "language"]]);
});

test("changes no case that is somebody else's", async () => {
  const [who, other] = [await start(), `d${++people}`];
  await walk(process, other, { "home.language": "en" });
  await walk(process, who, ada);
  const [own] = await casesOf(who);
  await inData(who, {
    data: "change",
    "intake.summary": "change",
    "intake.change": "needs",
    "intake.needs": ["+language", "done"],
  });
  await query(`UPDATE case_file SET contact_id = $2 WHERE code = $1`, own?.code, await contactOf(other));
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "send")));
  await process.settled();
  expect(process.sent.at(-1)).toMatchObject({ prompt: { key: "intake.over" } });
  const count = `SELECT count(*)::int FROM intake i JOIN case_file f ON f.id = i.case_id WHERE f.code = $1`;
  expect(await query(count, own?.code)).toEqual([{ count: 1 }]);
});

test("erases one case with the conversation, and leaves the other", async () => {
  const who = await start();
  const [own, family] = await twoCases(who);
  await inData(who, {
    data: "delete",
    "data.delete": "one",
    "data.one": family?.code ?? "",
    "data.deleteOne": "yes",
  });
  expect((await casesOf(who)).map(({ code, versions, talk }) => [code, versions, talk])).toEqual([[own?.code, 1, []]]);
  const prisma = await lazyPrisma(database.pool)();
  expect(await readCase(prisma, keyring, family?.code ?? "")).toMatchObject({
    status: "erased",
    intakes: [],
    needs: [],
  });
  expect(lastCard()).toMatchObject({ code: family?.code, erased: true });
});

test("erases while another process works on the same contact, and leaves nothing of either", async () => {
  const who = await start();
  await walk(process, who, ada);
  const other = await startProcess(database.url, database.pool, keyring);
  await walk(process, who, { data: "delete" }, { type: "words", text: "/data" });
  const yes = pressOn(process.sent, "yes");
  await Promise.all([
    process.turns.receive(messageFrom(who, yes)),
    other.turns.receive(messageFrom(who, { type: "words", text: "my secret words" })),
    other.turns.receive(messageFrom(who, { type: "words", text: "/data" })),
  ]);
  await process.settled();
  await other.stop();
  expect(await casesOf(who)).toEqual([]);
  const id = await contactOf(who);
  expect(await query(`SELECT FROM message WHERE contact_id = $1`, id)).toEqual([]);
  expect(await query(`SELECT FROM file WHERE contact_id = $1`, id)).toEqual([]);
});

test("lets nobody write to whoever said stop, until they write again", async () => {
  const who = await start();
  await walk(process, who, ada);
  await process.turns.receive(messageFrom(who, { type: "words", text: "Bitte nicht mehr schreiben" }));
  await process.settled();
  const write = async () =>
    inTransaction(database.pool, async (client) => {
      const contact = await lockContact(client, keyring, await contactOf(who));
      if (!contact) return undefined;
      return writeToContact(client, contact, 0, []);
    });
  expect(await write()).toBe(false);
  await process.turns.receive(messageFrom(who, { type: "words", text: "hello" }));
  await process.settled();
  expect(process.sent.at(-1)).toMatchObject({ prompt: { key: "comeBack" } });
  expect(await write()).toBe(true);
});

test("opens a file by its token once, of two at the same time to one, and not after its time", async () => {
  const who = await start();
  const web = { ...messageFrom(who, { type: "start" }), channel: "web" as const, account: "web" };
  let updates = 0;
  const say = (text: string) =>
    process.turns.receive({ ...web, id: `web:${who}:${++updates}`, content: { type: "words", text } });
  for (const text of ["/start", "English", "/data", "Get everything as a file"]) await say(text);
  const [contact] = await query(`SELECT id FROM contact WHERE channel = 'web'`);
  const rows = await pull(database.pool, keyring, keyring.hashAddress("web", "web", who), 0);
  const tokens = rows.flatMap(({ message }) => (message.type === "file" ? [message.token ?? ""] : []));
  expect(tokens).toHaveLength(2);
  const [first = "", second = ""] = tokens;
  const taken = await Promise.all([0, 1].map(() => takeFile(database.pool, keyring, first)));
  expect(taken.map((file) => file?.name)).toContain("lotse.html");
  expect(taken.filter((file) => file !== undefined)).toHaveLength(1);
  await query(`UPDATE file SET expires_at = now() - interval '1 minute' WHERE contact_id = $1`, contact.id);
  expect(await takeFile(database.pool, keyring, second)).toBeUndefined();
  expect(await takeFile(database.pool, keyring, "x".repeat(43))).toBeUndefined();
});
