import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { eraseContent } from "../../src/store/erase.ts";
import { eraseAsked } from "../../src/store/erase-contacts.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { unsealConversation } from "../../src/store/sessions.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, pressOn, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, walk } from "./walk.ts";

let database: TestDatabase;
let keyring: Keyring;
let one: Awaited<ReturnType<typeof startProcess>>;
let two: Awaited<ReturnType<typeof startProcess>>;
let people = 0;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "triage" },
  ]);
});
beforeEach(async () => {
  one = await startProcess(database.url, database.pool, keyring);
  two = await startProcess(database.url, database.pool, keyring);
});
afterEach(async () => {
  await one.stop();
  await two.stop();
});
afterAll(() => database.drop());

const newPerson = () => `e${++people}`;
const rows = async (text: string, ...values: unknown[]) => (await database.pool.query(text, values)).rows;
const contactOf = async (who: string) =>
  (await rows(`SELECT id FROM contact WHERE address_hash = $1`, keyring.hashAddress("telegram", "4242", who)))[0]
    ?.id as string;
const words = (text: string) => ({ type: "words", text }) as const;

/** Leads to the question whether everything shall be deleted; answers what the yes to it is. */
async function askFirst(who: string) {
  await walk(one, who, { data: "delete" }, words("/data"));
  return messageFrom(who, pressOn(one.sent, "yes"));
}

/** What is left of a contact, beside its own row and session. */
async function leftOf(contactId: string, cases: string[]) {
  const counts = await rows(
    `SELECT (SELECT count(*)::int FROM message WHERE contact_id = $1) AS messages,
      (SELECT count(*)::int FROM intake WHERE case_id = ANY ($2)) AS intakes,
      (SELECT count(*)::int FROM case_file WHERE contact_id = $1) AS cases`,
    contactId,
    cases,
  );
  return counts[0];
}
/** The language and the open flows of a contact. */
async function sessionOf(contactId: string) {
  const [row] = await rows(
    `SELECT s.language, s.conversation, c.data_key FROM session s JOIN contact c ON c.id = s.contact_id WHERE c.id = $1`,
    contactId,
  );
  const { stack } = unsealConversation(keyring.unwrap(row.data_key), contactId, row.conversation);
  return { language: row.language as string | null, stack };
}
const nothing = { messages: 0, intakes: 0, cases: 0 };
const casesOf = async (contactId: string) =>
  (await rows(`SELECT id FROM case_file WHERE contact_id = $1`, contactId)).map(({ id }) => String(id));

test("erases everything while messages of the person are under way in two processes", async () => {
  const outcomes = new Set<boolean>();
  for (let round = 0; round < 5; round++) {
    const who = newPerson();
    await walk(one, who, ada);
    const contactId = await contactOf(who);
    const cases = await casesOf(contactId);
    expect(cases).toHaveLength(1);
    const yes = await askFirst(who);
    // The second process has its own picture of this contact, made before.
    const others = Array.from({ length: 6 }, (_, n) => messageFrom(who, words(n % 2 ? "/menu" : "hello")));
    await Promise.all([one.turns.receive(yes), ...others.map((message) => two.turns.receive(message))]);
    await one.settled();
    const erased = (await rows(`SELECT FROM erased WHERE subject_id = $1`, contactId)).length > 0;
    // Words that came before the yes may have moved on from the question: then nothing was erased, and nothing is half.
    const left = await leftOf(contactId, cases);
    if (erased) expect(left).toEqual(nothing);
    else expect(left).toMatchObject({ intakes: 1, cases: 1 });
    outcomes.add(erased);
  }
  expect(outcomes).toContain(true);
  expect([...one.faults, ...two.faults]).toEqual([]);
});

test("another process that is taking a turn of the contact takes it anew, as of somebody who was never here", async () => {
  const who = newPerson();
  await walk(one, who, ada);
  const contactId = await contactOf(who);
  const cases = await casesOf(contactId);
  await two.turns.receive(messageFrom(who, words("hello")));
  await two.settled();
  const yes = await askFirst(who);
  // The erasure stands still before its commit: it waits for the room, which somebody holds.
  const holder = await database.pool.connect();
  onTestFinished(() => holder.release(true));
  await holder.query("BEGIN");
  await holder.query("SELECT FROM room FOR UPDATE");
  // Which of the two sends the greeting is open: whoever is sending to the contact at that moment.
  const sent = { one: one.sent.length, two: two.sent.length };
  const erasing = one.turns.receive(yes);
  await until(async () => (await waiting()) >= 1, "an erasure that waits");
  const meanwhile = two.turns.receive(messageFrom(who, words("I have a question")));
  await until(async () => (await waiting()) >= 2, "a turn that waits");
  await holder.query("COMMIT");
  await Promise.all([erasing, meanwhile]);
  await one.settled();
  expect(await leftOf(contactId, cases)).toEqual(nothing);
  // The person is here again: not gone with what was erased, and greeted like anybody.
  await eraseAsked(database.pool);
  expect(await contactOf(who)).toBe(contactId);
  const told = [...one.sent.slice(sent.one), ...two.sent.slice(sent.two)];
  const keys = told.flatMap((message) => (message.type === "prompt" ? [message.prompt.key] : []));
  expect(keys).toEqual(["data.erasedWithCase", "home.language"]);
  const { language, stack } = await sessionOf(contactId);
  expect([language, stack.map(({ flow }) => flow)]).toEqual([null, ["home"]]);
  expect([...one.faults, ...two.faults]).toEqual([]);
});

async function waiting(): Promise<number> {
  const found = await rows(`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`);
  return found.length;
}

test("a card that is just being sent is replaced by one that says no more than that it was erased", async () => {
  const who = newPerson();
  await walk(one, who, ada);
  const contactId = await contactOf(who);
  const [{ code }] = await rows(`SELECT code FROM case_file WHERE contact_id = $1`, contactId);
  await rows(`UPDATE case_file SET priority = 'urgent' WHERE contact_id = $1`, contactId);
  const yes = await askFirst(who);
  // What the erasure finds of it is on its way, or already there.
  one.bot.delay = 60;
  await Promise.all([one.turns.receive(yes), one.turns.receive(messageFrom(who, words("hello")))]);
  await one.settled();
  await until(async () => (await rows(`SELECT FROM outbox`)).length === 0, "everything sent");
  const cards = [...one.sent, ...two.sent].filter((message) => message.type === "card" && message.card.code === code);
  expect(cards.at(-1)).toMatchObject({ card: { erased: true } });
  expect(cards.filter((message) => message.type === "card" && message.card.erased)).toHaveLength(1);
});

test("what another process was about to send to the contact is not sent any more", async () => {
  const who = newPerson();
  await walk(one, who, ada);
  const contactId = await contactOf(who);
  two.bot.delay = 500;
  await two.turns.receive(messageFrom(who, words("/menu")));
  for (let n = 0; n < 4; n++) await two.turns.receive(messageFrom(who, words("/language")));
  await inTransaction(database.pool, (client) => eraseContent(client, contactId));
  const before = two.bot.sent.length;
  await one.settled();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // The one that was on its way can't be taken back.
  expect(two.bot.sent.length - before).toBeLessThanOrEqual(1);
  expect(await leftOf(contactId, [])).toEqual(nothing);
  expect(await rows(`SELECT FROM dropped WHERE lane = $1`, contactId)).toEqual([]);
});
