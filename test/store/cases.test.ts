import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaseShow, countCases, listCases, pageSize, readCase } from "../../src/store/cases.ts";
import type { PrismaClient } from "../../src/store/generated/client.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, jobcenterProposal, keyringOf } from "../staff/stage.ts";

let database: TestDatabase;
let keyring: Keyring;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await keyringOf(database.pool);
  prisma = await lazyPrisma(database.pool)();
  await addCase(database.pool, { code: "AA-222", priority: "normal", age: 500 });
  await addCase(database.pool, { code: "BB-222", priority: "urgent", age: 10 });
  await addCase(database.pool, { code: "CC-222", priority: "urgent", age: 20 });
  await addCase(database.pool, { code: "DD-222", priority: "high", age: 5 });
  await addCase(database.pool, { code: "EE-222", priority: "normal", age: 15, call: true });
  await addCase(database.pool, { code: "FF-222", priority: "urgent", age: 900, claimedBy: "Anna" });
  await addCase(database.pool, { code: "GG-222", priority: "urgent", age: 9000, claimedBy: "Berta" });
  await database.pool.query("UPDATE case_file SET status = 'closed' WHERE code = 'GG-222'");
});

afterAll(() => database.drop());

const reader = (name = "Anna", team?: string, id = `page:${name}`) => ({ actor: { id, name }, team });
const codes = async (show: CaseShow, who = reader()) =>
  (await listCases(prisma, keyring, show, who, 0)).map(({ code }) => code);

test("lists what is open by priority and age, and whoever waits for a call with the urgent", async () => {
  expect(await codes("open")).toEqual(["CC-222", "EE-222", "BB-222", "DD-222", "AA-222"]);
});

test("lists what a member has claimed, and all with what is over at the end", async () => {
  expect(await codes("mine")).toEqual(["FF-222"]);
  expect(await codes("mine", reader("Berta"))).toEqual([]);
  expect(await codes("all")).toEqual(["FF-222", "CC-222", "EE-222", "BB-222", "DD-222", "AA-222", "GG-222"]);
  expect(await countCases(prisma, reader())).toEqual({ open: 5, mine: 1, team: 0, all: 7 });
});

test("lists what is open or worked on in the reader's team, and nothing for who is in none", async () => {
  await addCase(database.pool, { code: "KK-222", team: "stadt", claimedBy: "Cem" });
  expect(await codes("team", reader("Anna", "stadt"))).toEqual(["KK-222"]);
  expect(await codes("team", reader("Anna", "nord"))).toEqual([
    "FF-222",
    "CC-222",
    "EE-222",
    "BB-222",
    "DD-222",
    "AA-222",
  ]);
  expect(await codes("team")).toEqual([]);
});

test("tells colleagues of one name apart by their records; who claimed in a room is known by name", async () => {
  const own = "staff:0b5b7f6a-55a0-4d33-9e2e-1d2b7a3c9f10";
  await addCase(database.pool, { code: "LL-222", claimedBy: "Dana", claimedById: own });
  await addCase(database.pool, { code: "MM-222", claimedBy: "Dana", claimedById: "telegram:7", age: 5 });
  expect(await codes("mine", reader("Dana", undefined, own))).toEqual(["MM-222", "LL-222"]);
  expect(await codes("mine", reader("Dana", undefined, "staff:another"))).toEqual(["MM-222"]);
  expect((await countCases(prisma, reader("Dana", undefined, own))).mine).toBe(2);
});

test("opens the newest proposals for the list, and every version, event and turn for one case", async () => {
  await addCase(database.pool, {
    code: "HH-222",
    answers: [{ forWhom: "self" }, { forWhom: "self", needs: ["health"] }],
    talk: [[{ type: "said", key: "a" }], [{ type: "answered", question: "phone", answer: "later" }]],
  });
  const [listed] = await listCases(prisma, keyring, "open", reader(""), 0).then((cases) =>
    cases.filter(({ code }) => code === "HH-222"),
  );
  expect(listed).toMatchObject({ versions: 2, proposals: [jobcenterProposal] });
  const found = await readCase(prisma, keyring, "HH-222");
  expect(found?.intakes.map(({ version, answers }) => [version, answers])).toEqual([
    [2, { forWhom: "self", needs: ["health"] }],
    [1, { forWhom: "self" }],
  ]);
  expect(found?.talk.map(({ entries }) => entries[0]?.type)).toEqual(["said", "answered"]);
  expect(found).toMatchObject({ dueOn: "2026-11-25", events: [{ kind: "submitted", by: null, facts: {}, words: "" }] });
});

test("shows of an erased case what is left: its code and history", async () => {
  const { contactId } = await addCase(database.pool, { code: "JJ-222" });
  await database.pool.query("UPDATE case_file SET status = 'erased' WHERE code = 'JJ-222'");
  await database.pool.query("DELETE FROM contact WHERE id = $1", [contactId]);
  expect(await readCase(prisma, keyring, "JJ-222")).toMatchObject({ status: "erased", intakes: [], talk: [] });
  expect(await readCase(prisma, keyring, "ZZ-222")).toBeUndefined();
});

test("lists page by page, each case once", async () => {
  for (let n = 0; n < pageSize; n++) await addCase(database.pool, { code: `P${n}` });
  const pages = [0, 1, 2].map((page) => listCases(prisma, keyring, "all", reader(""), page));
  const [first, second, third] = await Promise.all(pages);
  expect([first?.length, third?.length]).toEqual([pageSize, 0]);
  const all = [...(first ?? []), ...(second ?? [])].map(({ code }) => code);
  expect(new Set(all).size).toBe((await countCases(prisma, reader(""))).all);
});
