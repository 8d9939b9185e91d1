import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readCase } from "../../src/store/cases.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, walk } from "./walk.ts";

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

async function start(changed: Parameters<typeof startProcess>[3] = {}) {
  process = await startProcess(database.url, database.pool, keyring, changed);
  return `b${++people}`;
}

const casesOf = async (who: string) => {
  const { rows } = await database.pool.query<{ code: string }>(
    `SELECT f.code FROM case_file f JOIN contact c ON c.id = f.contact_id WHERE c.address_hash = $1 ORDER BY f.submitted_at`,
    [keyring.hashAddress("telegram", "4242", who)],
  );
  const prisma = await lazyPrisma(database.pool)();
  return Promise.all(rows.map(({ code }) => readCase(prisma, keyring, code)));
};

test("makes one case with answers, proposals, history and a card in the room", async () => {
  const who = await start();
  await walk(process, who, ada);
  const [found, ...more] = await casesOf(who);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    municipality: "delbrueck",
    language: "en",
    interpreter: "en",
    needs: ["benefits", "housing"],
    status: "open",
    intakes: [{ version: 1, answers: { forWhom: "self", where: "delbrueck", paper: "temp_protection_24" } }],
    events: [{ kind: "submitted" }],
  });
  expect(found?.proposals[0]).toMatchObject({ rule: "ukraine_jobcenter" });
  await until(() => process.bot.sent.some(({ address }) => address === "-100"), "a card");
});

test("adds a further intake for the same person as a new version, and one for somebody else as a case of its own", async () => {
  const who = await start();
  await walk(process, who, ada);
  await walk(process, who, { ...ada, "intake.needs": ["+language", "done"], agreement: [] });
  await walk(process, who, { ...ada, "intake.forWhom": "other", agreement: [] });
  const found = await casesOf(who);
  expect(found.map((one) => [one?.forWhom, one?.versions])).toEqual([
    ["self", 2],
    ["other", 1],
  ]);
  expect(found[0]?.intakes.map(({ answers }) => answers.needs)).toEqual([["language"], ["benefits", "housing"]]);
  expect(found[0]?.events.map(({ kind }) => kind)).toEqual(["submitted", "changed"]);
});

test("sends a case on at once where its team has nobody at work", async () => {
  const teamOf = async (who: string) => (await casesOf(who))[0]?.team;
  const alone = await start({ staffed: () => new Set(["koordination", "sued"]) });
  await walk(process, alone, ada);
  expect(await teamOf(alone)).toBe("koordination");
  await process.stop();
  const staffed = await start({ staffed: () => new Set(["koordination", "nord"]) });
  await walk(process, staffed, ada);
  expect(await teamOf(staffed)).toBe("nord");
});

test("shows rooms no language that was written in words", async () => {
  const who = await start();
  await walk(process, who, { ...ada, "intake.interpreter": "other", "intake.interpreterLanguage": "/Lingala" });
  const [found] = await casesOf(who);
  expect(found?.interpreter).toBe("other");
  expect(found?.intakes[0]?.answers.interpreterLanguage).toBe("Lingala");
});

test("keeps nothing of a question about papers that was skipped", async () => {
  const who = await start();
  await walk(process, who, { ...ada, "intake.paper": "skip" });
  const [found] = await casesOf(who);
  expect(found?.intakes[0]?.answers).not.toHaveProperty("paper");
  expect(JSON.stringify(found)).not.toMatch(/paper|skip/i);
});

test("keeps of papers that were named only the answer, and nothing in the conversation", async () => {
  const who = await start();
  await walk(process, who, ada);
  const [found] = await casesOf(who);
  expect(found?.intakes[0]?.answers.paper).toBe("temp_protection_24");
  expect(JSON.stringify(found?.talk)).not.toMatch(/paper|firstDocument|temp_protection/);
});

test("keeps the partner whose link somebody came by with the case, and counts it", async () => {
  const who = await start();
  await process.turns.receive(messageFrom(who, { type: "start", door: "caritas" }));
  await process.turns.receive(messageFrom(`${who}x`, { type: "start", door: "never-heard-of" }));
  await walk(process, who, ada);
  expect((await casesOf(who))[0]?.door).toBe("caritas");
  const { rows } = await database.pool.query(`SELECT code, count FROM door`);
  expect(rows).toEqual([{ code: "caritas", count: 1 }]);
});

test("erases what was sent, of which staff see no more than the code", async () => {
  const who = await start();
  await walk(process, who, ada);
  const [sent] = await casesOf(who);
  await walk(process, who, { "home.main": "data", data: "delete", "data.delete": "yes" });
  expect(await casesOf(who)).toEqual([]);
  const erased = await readCase(await lazyPrisma(database.pool)(), keyring, sent?.code ?? "");
  expect(erased).toMatchObject({ status: "erased", intakes: [], talk: [], needs: [], municipality: null });
  await process.settled();
  const card = process.sent.findLast((message) => message.type === "card");
  expect(card).toMatchObject({ card: { code: sent?.code, erased: true } });
  expect(card).not.toHaveProperty("card.municipality");
});

test("asks staff to call, at once and as urgent", async () => {
  const who = await start();
  await walk(process, who, { "home.language": "en" });
  const called = {
    urgent: "call",
    "urgent.agreement": "yes",
    "urgent.phone": "/0151 1234567",
    "urgent.safeTime": "any",
  };
  await walk(process, who, called, { type: "words", text: "I want to die" });
  const [found] = await casesOf(who);
  expect(found).toMatchObject({ priority: "urgent", callAskedAt: expect.any(Date), talk: [] });
  expect(JSON.stringify(found)).not.toContain("die");
  await walk(process, who, {
    "urgent.after": "continue",
    "home.main": "data",
    data: "agreements",
    agreements: "call",
    "agreements.one": "withdraw",
  });
  const [taken] = await casesOf(who);
  expect(taken?.callAskedAt).toBeNull();
  expect(taken?.events.at(-1)?.kind).toBe("call_withdrawn");
});
