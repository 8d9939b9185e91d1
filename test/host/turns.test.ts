import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Content } from "../../src/domain/channel.ts";
import type { Place } from "../../src/domain/place.ts";
import { loadPlace } from "../../src/places.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, pressOn, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";

let database: TestDatabase;
let keyring: Keyring;
let running: Awaited<ReturnType<typeof startProcess>>[] = [];
let address = 0;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
});
afterEach(async () => {
  for (const process of running) await process.stop();
  running = [];
});
afterAll(() => database.drop());

async function start(changed?: Parameters<typeof startProcess>[3]) {
  const process = await startProcess(database.url, database.pool, keyring, changed);
  running.push(process);
  return process;
}

const words = (text: string): Content => ({ type: "words", text });
const outboxRows = async () => (await database.pool.query(`SELECT count(*)::int AS n FROM outbox`)).rows[0].n as number;
const allSent = () => until(async () => (await outboxRows()) === 0, "an empty outbox");

/** Leads somebody through language and agreement to the first question of the intake. */
async function reachIntake(process: Awaited<ReturnType<typeof start>>, who: string) {
  for (const value of ["en", "help", "yes"]) {
    await process.turns.receive(
      messageFrom(who, value === "en" ? { type: "start" } : pressOn(process.sent, before(value))),
    );
    await allSent();
  }
  await process.turns.receive(messageFrom(who, pressOn(process.sent, "yes")));
  await allSent();
}
const before = (value: string) => (value === "help" ? "en" : "help");

test("answers a first message, and a repeated one not again", async () => {
  const process = await start();
  const first = messageFrom(`a${++address}`, { type: "start" });
  await process.turns.receive(first);
  await process.turns.receive(first);
  await allSent();
  expect(process.bot.sent).toHaveLength(1);
});

test("takes a message once that comes twice at the same moment, to two processes", async () => {
  const [one, two] = [await start(), await start()];
  const first = messageFrom(`a${++address}`, { type: "start" });
  await Promise.all([one.turns.receive(first), two.turns.receive(first), one.turns.receive(first)]);
  await allSent();
  expect(one.bot.sent.length + two.bot.sent.length).toBe(1);
});

test("takes a repeated message once after a restart", async () => {
  const one = await start();
  const first = messageFrom(`a${++address}`, { type: "start" });
  await one.turns.receive(first);
  await allSent();
  const two = await start();
  await two.turns.receive(first);
  await two.turns.receive(messageFrom(first.address, words("menu")));
  await allSent();
  expect(two.bot.sent).toHaveLength(1);
});

test("keeps a conversation right that two processes take turns of at once", async () => {
  const [one, two] = [await start(), await start()];
  const who = `a${++address}`;
  await one.turns.receive(messageFrom(who, { type: "start" }));
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).turns.receive(messageFrom(who, words("menu")))),
  );
  const { rows } = await database.pool.query(
    `SELECT s.sent - o.first + 1 AS written, o.rows FROM session s JOIN contact c ON c.id = s.contact_id,
       LATERAL (SELECT $2::int AS first, 0 AS rows) o WHERE c.address_hash = $1`,
    [keyring.hashAddress("telegram", "4242", who), 0],
  );
  expect(rows).toHaveLength(1);
  await allSent();
  expect(one.bot.sent.length + two.bot.sent.length).toBeGreaterThan(10);
});

test("writes the agreement with the text's hash, and the conversation only from then on", async () => {
  const process = await start();
  const who = `a${++address}`;
  await reachIntake(process, who);
  const hash = keyring.hashAddress("telegram", "4242", who);
  const { rows } = await database.pool.query(
    `SELECT a.purpose, a.state, t.path, (SELECT count(*)::int FROM message m WHERE m.contact_id = c.id) AS kept
      FROM contact c JOIN agreement a ON a.contact_id = c.id JOIN agreement_text t ON t.hash = a.text_hash
      WHERE c.address_hash = $1`,
    [hash],
  );
  expect(rows).toMatchObject([{ purpose: "intake", state: "given", path: "agreement.intake" }]);
  expect(rows[0].kept).toBeLessThanOrEqual(1);
});

test("apologises for a turn that fails, keeps the position, and takes the next message", async () => {
  const healthy = await start();
  const who = `a${++address}`;
  await healthy.turns.receive(messageFrom(who, { type: "start" }));
  await healthy.turns.receive(messageFrom(who, pressOn(healthy.sent, "en")));
  await allSent();
  const place = new Proxy(loadPlace("kreis-paderborn"), {
    get(target, key) {
      if (key === "languages") throw new Error("marked words");
      return Reflect.get(target, key);
    },
  });
  const broken = await start({ place });
  await broken.turns.receive(messageFrom(who, pressOn(healthy.sent, "orientation")));
  await allSent();
  expect(broken.bot.sent.map(({ text }) => text)).toEqual(["apology"]);
  expect(broken.faults.join()).toMatch(/turn [0-9a-f]{8} failed/);
  expect(broken.faults.join()).not.toContain("marked words");
  await healthy.turns.receive(messageFrom(who, pressOn(healthy.sent, "orientation")));
  await allSent();
  expect(healthy.sent.at(-1)).toMatchObject({ prompt: { key: expect.stringContaining("orientation") } });
});

test("apologises for a turn whose effects can't be written, and takes the next message", async () => {
  const healthy = await start();
  const who = `a${++address}`;
  await healthy.turns.receive(messageFrom(who, { type: "start" }));
  await healthy.turns.receive(messageFrom(who, pressOn(healthy.sent, "en")));
  await allSent();
  await healthy.turns.receive(messageFrom(who, pressOn(healthy.sent, "help")));
  await allSent();
  const broken = await start({ place: { ...loadPlace("kreis-paderborn"), legal: {} as Place["legal"] } });
  await broken.turns.receive(messageFrom(who, pressOn(healthy.sent, "yes")));
  await allSent();
  expect(broken.bot.sent.map(({ text }) => text)).toEqual(["apology"]);
  await healthy.turns.receive(messageFrom(who, pressOn(healthy.sent, "yes")));
  await allSent();
  expect(healthy.sent.at(-1)).toMatchObject({ prompt: { key: "intake.forWhom" } });
});

test("gives somebody who floods one kind answer, and everybody else theirs", async () => {
  const process = await start();
  const [flooder, other] = [`a${++address}`, `a${++address}`];
  await process.turns.receive(messageFrom(flooder, { type: "start" }));
  const flood = Array.from({ length: 200 }, () => process.turns.receive(messageFrom(flooder, words("x"))));
  await process.turns.receive(messageFrom(other, { type: "start" }));
  await Promise.all(flood);
  await allSent();
  const texts = process.bot.sent.filter((message) => message.address === flooder).map(({ text }) => text);
  expect(texts.filter((text) => text === "flood")).toHaveLength(1);
  expect(texts.length).toBeLessThan(40);
  expect(process.bot.sent.filter((message) => message.address === other)).toHaveLength(1);
});
