import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeEndTalk } from "../../src/conversation/after-talk.ts";
import type { OutgoingMessage } from "../../src/domain/prompt.ts";
import { tendTalks } from "../../src/jobs/tend-talks.ts";
import { loadPlace } from "../../src/places.ts";
import { makeCard } from "../../src/staff/notice.ts";
import { readCase } from "../../src/store/cases.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { endTalk } from "../../src/store/talk-end.ts";
import { readTalk } from "../../src/store/talk-state.ts";
import { type Writing, writeWords } from "../../src/store/talk-words.ts";
import { loadTexts } from "../../src/texts.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, addColleague, keyringOf } from "../staff/stage.ts";
import { messageFrom, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { walk } from "./walk.ts";

const place = loadPlace("kreis-paderborn");
const end = makeEndTalk(place, loadTexts());
const anna = { id: "", name: "Anna" };

const sent: OutgoingMessage[] = [];
let database: TestDatabase;
let keyring: Keyring;
/** Two processes on one database: staff's page is with the first, the person's channel with either. */
let here: Awaited<ReturnType<typeof startProcess>>;
let there: Awaited<ReturnType<typeof startProcess>>;
/** Hears of no words, as if it ended right after their commit. */
let deaf: Awaited<ReturnType<typeof startProcess>>;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await keyringOf(database.pool);
  anna.id = `staff:${await addColleague(database.pool, anna.name)}`;
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "minimal" },
  ]);
  const start = (deaf = false) => startProcess(database.url, database.pool, keyring, { deaf, sent });
  here = await start();
  there = await start();
  deaf = await start(true);
  // What all of them sent, in one order.
  there.bot.sent = here.bot.sent;
  deaf.bot.sent = here.bot.sent;
});
afterAll(async () => {
  for (const process of [here, there, deaf]) await process.stop();
  await database.drop();
});

const card: Parameters<typeof writeWords>[3] = (found, detail) => makeCard(place, found, detail);
const ownerOf = (process: typeof here) => process.dispatch.ownerNow?.number ?? 0;

const letters = "234679CDFHJKMNPQRTWXY";
let cases = 0;

/** Somebody with a case that Anna has and that the room shows. */
async function claimed(): Promise<{ who: string; code: string; caseId: string; contactId: string }> {
  const who = randomUUID();
  const code = `KK-222`.replace(/2$/, letters[cases++] ?? "2");
  const seed = { code, claimedBy: "Anna", language: "en", account: "4242", address: who };
  const { id: caseId, contactId } = await addCase(database.pool, seed);
  await database.pool.query(`INSERT INTO card (case_id, room_id, ref) SELECT $1, id, '1' FROM room`, [caseId]);
  return { who, code, caseId, contactId };
}

async function write(code: string, text: string, more: Partial<Writing> = {}) {
  const words = { type: "free", text, language: "de" } as const;
  const writing = {
    code,
    id: randomUUID(),
    by: anna,
    words,
    at: new Date(),
    owner: ownerOf(here),
    anyway: false,
    ...more,
  };
  const result = await writeWords(database.pool, keyring, writing, card);
  if (result.type === "sent") await here.dispatch.wake(result.lanes);
  return result;
}

const say = (process: typeof here, who: string, text: string) =>
  process.turns.receive(messageFrom(who, { type: "words", text }));
const sentTo = (who: string) => here.bot.sent.flatMap(({ address, text }) => (address === who ? [text] : []));
const stateOf = (code: string) => readTalk(database.pool, keyring, code, anna);
const talkOf = async (code: string) => {
  const found = await readCase(await lazyPrisma(database.pool)(), keyring, code);
  return found?.talk.flatMap(({ entries }) => entries) ?? [];
};
const eventsOf = async (caseId: string) => {
  const { rows } = await database.pool.query(`SELECT kind, by FROM case_event WHERE case_id = $1 ORDER BY at`, [
    caseId,
  ]);
  return rows.map(({ kind, by }) => [kind, by]).slice(1);
};

test("staff write with one process, the person answers with another, and both read each other", async () => {
  const { who, code, caseId } = await claimed();
  expect(await write(code, "Guten Tag")).toMatchObject({ type: "sent" });
  await until(() => sentTo(who).includes("words"), "staff's words");
  const before = sentTo(who).length;
  // This process still thinks that no talk is on.
  await say(there, who, "Hello, yes");
  await say(there, who, "1");
  await there.settled();
  expect(sentTo(who).slice(before)).toEqual([expect.stringMatching(/^talk\.received/)]);
  expect((await talkOf(code)).slice(-3)).toEqual([
    { type: "staff", by: "Anna", words: { type: "free", text: "Guten Tag", language: "de" } },
    { type: "wrote", text: "Hello, yes" },
    { type: "wrote", text: "1" },
  ]);
  await until(async () => (await stateOf(code))?.isUnread === true, "unread words");
  expect(await stateOf(code)).toMatchObject({ isOpen: true, isOwn: true, refusal: undefined, language: "en" });
  expect(await eventsOf(caseId)).toEqual([["talk_started", "Anna"]]);
});

test("the card in the room says that the person answered, without a word of it, until staff write again", async () => {
  const { who, code } = await claimed();
  await write(code, "Guten Tag");
  await say(there, who, "secret words");
  const flags = () => sent.flatMap((one) => (one.type === "card" && one.card.code === code ? [one.card] : []));
  await until(() => flags().some(({ flag }) => flag === "answered"), "a card that says so");
  expect(JSON.stringify(flags())).not.toContain("secret");
  const cards = flags().length;
  await say(there, who, "more words");
  await until(async () => (await stateOf(code))?.isUnread === true, "unread words");
  await write(code, "Danke");
  await until(() => flags().length > cards && flags().at(-1)?.flag === undefined, "a card that says it no longer");
  expect(flags()).toHaveLength(cards + 1);
});

test("a form that is sent twice is sent once, also at the same time", async () => {
  const { who, code } = await claimed();
  const id = randomUUID();
  const results = await Promise.all([write(code, "x", { id }), write(code, "x", { id }), write(code, "x", { id })]);
  expect(results.map(({ type }) => type).sort()).toEqual(["repeated", "repeated", "sent"]);
  await here.settled();
  expect(sentTo(who).filter((text) => text === "words")).toHaveLength(1);
  expect((await talkOf(code)).filter(({ type }) => type === "staff")).toHaveLength(1);
});

test("words of staff and of the person at the same time are all kept, in whole", async () => {
  const { who, code } = await claimed();
  await write(code, "0");
  await Promise.all([
    ...Array.from({ length: 8 }, (_, index) => write(code, `staff ${index}`)),
    ...Array.from({ length: 8 }, (_, index) => say(index % 2 ? here : there, who, `person ${index}`)),
  ]);
  await here.settled();
  const said = (await talkOf(code)).flatMap((entry) =>
    entry.type === "wrote"
      ? [entry.text]
      : entry.type === "staff" && entry.words.type === "free"
        ? [entry.words.text]
        : [],
  );
  expect(said.filter((text) => text.startsWith("staff")).sort()).toEqual(
    Array.from({ length: 8 }, (_, n) => `staff ${n}`),
  );
  expect(said.filter((text) => text.startsWith("person")).sort()).toEqual(
    Array.from({ length: 8 }, (_, n) => `person ${n}`),
  );
  expect(sentTo(who).filter((text) => text === "words")).toHaveLength(9);
});

test("the person ends it: flows go on, staff see it, and the next words reach nobody", async () => {
  const { who, code, caseId } = await claimed();
  await write(code, "Guten Tag");
  await there.turns.receive(messageFrom(who, { type: "press", data: "!end" }));
  await there.settled();
  expect(sentTo(who).slice(-2)).toEqual(["talk.ended", "home.main"]);
  expect(await stateOf(code)).toMatchObject({ isOpen: false });
  expect((await eventsOf(caseId)).map(([kind]) => kind)).toEqual(["talk_started", "talk_ended_person"]);
  await say(here, who, "lost words");
  expect(JSON.stringify(await talkOf(code))).not.toContain("lost words");
});

test("staff end it once: the person is told, and asked what waited", async () => {
  const { who, code, caseId, contactId } = await claimed();
  await write(code, "Guten Tag");
  const ending = { contactId, caseId, by: anna, at: new Date(), owner: ownerOf(here) };
  const ended = await Promise.all([1, 2].map(() => endTalk(database.pool, keyring, ending, end)));
  expect(ended.sort()).toEqual([false, true]);
  await here.dispatch.wake([contactId]);
  await until(() => sentTo(who).slice(-2).join() === "talk.ended,home.main", "the end and the question");
  expect((await eventsOf(caseId)).at(-1)).toEqual(["talk_ended", "Anna"]);
  // The question that came with the end can be answered.
  await say(there, who, "1");
  await there.settled();
  expect(sentTo(who).at(-1)).toBe("intake.forWhom");
});

test.each([
  ["stop", "stopped"],
  ["block", "blocked"],
])("nothing is written to who said %s, and nothing is left over", async (how, why) => {
  const { who, code } = await claimed();
  await write(code, "Guten Tag");
  if (how === "stop") await say(there, who, "stop");
  else await there.turns.receive(messageFrom(who, { type: "blocked" }));
  const before = await talkOf(code);
  expect(await write(code, "Noch da?")).toMatchObject({ type: "refused", why });
  expect(await talkOf(code)).toEqual(before);
  await here.settled();
  expect(sentTo(who).filter((text) => text === "words").length).toBeLessThanOrEqual(1);
});

test("nothing is written to who had everything erased, and staff's words are gone with the rest", async () => {
  const { who, code, contactId } = await claimed();
  await write(code, "Guten Tag");
  await walk(there, who, { "data.delete": "yes" }, { type: "words", text: "/delete" });
  expect(await write(code, "Noch da?")).toMatchObject({ type: "refused", why: "erased" });
  const { rows } = await database.pool.query(
    `SELECT s.talking, (SELECT count(*)::int FROM message m WHERE m.contact_id = s.contact_id) AS kept FROM session s WHERE contact_id = $1`,
    [contactId],
  );
  expect(rows).toEqual([{ talking: null, kept: 0 }]);
});

test("only who has the case writes, or who covers for them while they are absent", async () => {
  const { code } = await claimed();
  const [berta, clara] = [randomUUID(), randomUUID()];
  expect(await write(code, "x", { by: { id: `staff:${berta}`, name: "Berta" } })).toMatchObject({ why: "notYours" });
  await database.pool.query(`INSERT INTO staff (id, name, roles) VALUES ($1, 'Berta', '{case_manager}')`, [berta]);
  await database.pool.query(
    `INSERT INTO staff (id, name, roles, cover_id, absent_from) VALUES ($1, 'Clara', '{case_manager}', $2, current_date - 1)`,
    [clara, berta],
  );
  await database.pool.query(`UPDATE case_file SET claimed_by_id = $2, claimed_by = 'Clara' WHERE code = $1`, [
    code,
    `staff:${clara}`,
  ]);
  expect(await write(code, "x", { by: { id: `staff:${berta}`, name: "Berta" } })).toMatchObject({ type: "sent" });
  await database.pool.query(`UPDATE staff SET absent_until = current_date - 1 WHERE id = $1`, [clara]);
  expect(await write(code, "x", { by: { id: `staff:${berta}`, name: "Berta" } })).toMatchObject({ why: "notYours" });
  await database.pool.query(`UPDATE case_file SET status = 'open' WHERE code = $1`, [code]);
  expect(await write(code, "x", { by: { id: `staff:${clara}`, name: "Clara" } })).toMatchObject({ why: "unclaimed" });
});

test("a phone that is not safe is written to only when that is settled", async () => {
  const { who, code } = await claimed();
  await walk(there, who, { urgent: ["unsafe", "continue"] }, { type: "press", data: "!urgent" });
  expect(await write(code, "x")).toMatchObject({ type: "refused", why: "unsafe" });
  expect(await write(code, "x", { anyway: true })).toMatchObject({ type: "sent" });
});

test("words that a crash kept from staff are found, and a talk ends when nobody wrote for days", async () => {
  const { who, code, caseId, contactId } = await claimed();
  await write(code, "Guten Tag");
  await say(deaf, who, "is anybody there?");
  await deaf.settled();
  expect(await stateOf(code)).toMatchObject({ isUnread: false });
  const tend = () =>
    tendTalks(database.pool, {
      keyring,
      tellStaff: here.tellStaff,
      talkEnd: end,
      talkDays: 3,
      owner: () => ownerOf(here),
      changed: (lanes) => void here.dispatch.wake(lanes),
    });
  await tend();
  expect(await stateOf(code)).toMatchObject({ isUnread: true, isOpen: true });

  const age = (table: string, columns: string, id: string) =>
    database.pool.query(
      `UPDATE ${table} SET ${columns
        .split(" ")
        .map((column) => `${column} = ${column} - interval '4 days'`)
        .join(", ")} WHERE ${table === "session" ? "contact_id" : "id"} = $1`,
      [id],
    );
  await age("case_file", "last_person_at last_staff_at", caseId);
  await tend();
  // The session tells of something newer than the case: whoever wrote it is not to be cut off.
  expect(await stateOf(code)).toMatchObject({ isOpen: true });
  await age("session", "updated_at", contactId);
  await age("case_file", "last_person_at last_staff_at", caseId);
  await Promise.all([tend(), tend()]);
  expect(await stateOf(code)).toMatchObject({ isOpen: false });
  await until(() => sentTo(who).slice(-2).join() === "talk.ended,home.main", "the end and the question");
  expect((await eventsOf(caseId)).filter(([kind]) => kind === "talk_ended_silence")).toHaveLength(1);
});
