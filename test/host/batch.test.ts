import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Content } from "../../src/domain/channel.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, pressOn, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, type Plan, walk } from "./walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let process: Awaited<ReturnType<typeof startProcess>>;

const room = (address: string) =>
  ({ channel: "telegram", account: "4242", address, team: null, detail: "minimal" }) as const;
const casesOf = async (who: string) => {
  const { rows } = await database.pool.query<{ code: string; for_whom: string; versions: number }>(
    `SELECT f.code, f.for_whom, (SELECT count(*)::int FROM intake i WHERE i.case_id = f.id) AS versions
      FROM case_file f JOIN contact c ON c.id = f.contact_id WHERE c.address_hash = $1 ORDER BY f.submitted_at`,
    [keyring.hashAddress("telegram", "4242", who)],
  );
  return rows;
};
const cardsIn = (address: string) => process.bot.sent.filter((message) => message.address === address);

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
  await ensureRooms(database.pool, keyring, [room("-1")]);
  process = await startProcess(database.url, database.pool, keyring);
});
afterEach(() => process.settled());
afterAll(async () => {
  await process.stop();
  await database.drop();
});

/** Leads somebody to the summary; what is to be done to send it. */
async function upToSend(who: string, plan: Plan = { ...ada, "intake.summary": [] }, opening?: Content) {
  await walk(process, who, plan, opening);
  const send = pressOn(process.sent, "send");
  return () => process.turns.receive(messageFrom(who, send));
}

test("files many cases at once, each with one card in the room", async () => {
  const people = Array.from({ length: 8 }, () => randomUUID());
  const sends: (() => Promise<unknown>)[] = [];
  for (const who of people) sends.push(await upToSend(who));
  await Promise.all(sends.map((send) => send()));
  const codes = (await Promise.all(people.map(casesOf))).map((cases) => cases.map(({ code }) => `card ${code}`));
  expect(codes.map((own) => own.length)).toEqual(people.map(() => 1));
  await until(() => cardsIn("-1").length >= people.length, "all cards");
  expect(cardsIn("-1").map(({ text }) => text)).toEqual(expect.arrayContaining(codes.flat()));
  expect(cardsIn("-1")).toHaveLength(people.length);
});

test("adds to a case that is open though the conversation does not tell, and files those beside it", async () => {
  const [known, other] = [randomUUID(), randomUUID()];
  await walk(process, known, { ...ada, "intake.sent": [] });
  const short = { menu: "person", person: "write", "intake.forWhom": "self", "intake.where": "paderborn" };
  const plan = { ...short, "intake.interpreter": "no", "intake.reach": "here" };
  const again = await upToSend(known, plan, { type: "words", text: "/menu" });
  const first = await upToSend(other);
  await Promise.all([again(), first()]);
  expect((await casesOf(known)).map(({ versions }) => versions)).toEqual([2]);
  expect((await casesOf(other)).map(({ versions }) => versions)).toEqual([1]);
});

test("tells a room that another process has set up meanwhile", async () => {
  await ensureRooms(database.pool, keyring, [room("-1"), room("-2")]);
  await walk(process, randomUUID(), ada);
  await until(() => cardsIn("-2").length === 1, "a card in the new room");
});
