import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaseFilter, countCases, listCases, pageSize, readCase } from "../../src/store/cases.ts";
import type { PrismaClient } from "../../src/store/generated/client.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, addColleague, jobcenterProposal, keyringOf } from "../staff/stage.ts";

let database: TestDatabase;
let keyring: Keyring;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await keyringOf(database.pool);
  prisma = await lazyPrisma(database.pool)();
  for (const name of ["Anna", "Berta"]) ids[name] = await addColleague(database.pool, name);
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

const scope = { team: "nord", people: [], staffedTeams: undefined };
const ids: { [name: string]: string } = {};
const as = (name: string, of = scope) => ({ member: { id: `staff:${ids[name]}`, name }, scope: of });
const codes = async (show: CaseFilter["show"], name = "Anna", of = scope) =>
  (await listCases(prisma, keyring, { show, ...as(name, of) }, 0)).map(({ code }) => code);

test("lists what is open by priority and age, and whoever waits for a call with the urgent", async () => {
  expect(await codes("open")).toEqual(["CC-222", "EE-222", "BB-222", "DD-222", "AA-222"]);
});

test("lists what a member has claimed, and all with what is over at the end", async () => {
  expect(await codes("mine")).toEqual(["FF-222"]);
  expect(await codes("mine", "Berta")).toEqual([]);
  expect(await codes("all")).toEqual(["FF-222", "CC-222", "EE-222", "BB-222", "DD-222", "AA-222", "GG-222"]);
  expect(await countCases(prisma, as("Anna"))).toEqual({ open: 5, mine: 1, team: 6, all: 7 });
});

test("lists what is open or worked on in the reader's team, and nothing for who is in none", async () => {
  await addCase(database.pool, { code: "KK-222", team: "stadt", claimedBy: "Cem" });
  expect(await codes("team", "Anna", { ...scope, team: "stadt" })).toEqual(["KK-222"]);
  expect(await codes("team")).toEqual(["FF-222", "CC-222", "EE-222", "BB-222", "DD-222", "AA-222"]);
  const none = { member: as("Anna").member, scope: { team: null, people: [], staffedTeams: ["stadt"] } };
  expect(await listCases(prisma, keyring, { show: "team", ...none }, 0)).toEqual([]);
  expect((await countCases(prisma, none)).team).toBe(0);
});

test("tells colleagues of one name apart by their records; who claimed in a room is known by name", async () => {
  const own = "staff:0b5b7f6a-55a0-4d33-9e2e-1d2b7a3c9f10";
  await addCase(database.pool, { code: "LL-222", claimedBy: "Dana", claimedById: own });
  await addCase(database.pool, { code: "MM-222", claimedBy: "Dana", claimedById: "telegram:7", age: 5 });
  const mine = async (id: string) =>
    (await listCases(prisma, keyring, { show: "mine", member: { id, name: "Dana" }, scope }, 0)).map(
      ({ code }) => code,
    );
  expect(await mine(own)).toEqual(["MM-222", "LL-222"]);
  expect(await mine("staff:another")).toEqual(["MM-222"]);
  expect((await countCases(prisma, { member: { id: own, name: "Dana" }, scope })).mine).toBe(2);
});

test("opens the newest proposals for the list, and every version, event and turn for one case", async () => {
  await addCase(database.pool, {
    code: "HH-222",
    answers: [{ forWhom: "self" }, { forWhom: "self", needs: ["health"] }],
    talk: [[{ type: "said", key: "a" }], [{ type: "answered", question: "phone", answer: "later" }]],
  });
  const [listed] = await listCases(prisma, keyring, { show: "open", ...as("") }, 0).then((cases) =>
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
  const pages = [0, 1, 2].map((page) => listCases(prisma, keyring, { show: "all", ...as("") }, page));
  const [first, second, third] = await Promise.all(pages);
  expect([first?.length, third?.length]).toEqual([pageSize, 0]);
  const all = [...(first ?? []), ...(second ?? [])].map(({ code }) => code);
  expect(new Set(all).size).toBe((await countCases(prisma, as(""))).all);
});
