import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { deliverReferrals } from "../../src/jobs/deliver-referrals.ts";
import { loadPlace } from "../../src/places.ts";
import { agreementRecords } from "../../src/store/agreement-records.ts";
import { readAgreements } from "../../src/store/agreements.ts";
import { eventsSince } from "../../src/store/case-events.ts";
import { readCase } from "../../src/store/cases.ts";
import { lockContact, writeToContact } from "../../src/store/contact-lane.ts";
import { dueCases } from "../../src/store/escalations.ts";
import { type Keyring, openKeyring } from "../../src/store/keyring.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { readReferralSheet } from "../../src/store/referral-sheet.ts";
import { askReferral, handOver } from "../../src/store/referrals.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";
import { ada, walk } from "./walk.ts";

const place = loadPlace("kreis-paderborn");
const anna = { id: "page:Anna", name: "Anna" };
const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/agreement-record.schema.json"), "utf8"));

let database: TestDatabase;
let keyring: Keyring;
let process: Awaited<ReturnType<typeof startProcess>>;
let people = 0;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await openKeyring(database.pool, randomBytes(32));
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "4242", address: "-100", team: null, detail: "triage" },
  ]);
});
beforeEach(async () => {
  process = await startProcess(database.url, database.pool, keyring);
});
afterEach(() => process.stop());
afterAll(() => database.drop());

/** Someone who has sent everything, and whose case Anna has. */
async function sender() {
  const who = `ag${++people}`;
  await walk(process, who, ada);
  const { rows } = await database.pool.query<{ id: string; code: string }>(
    `UPDATE case_file f SET status = 'claimed', claimed_by = 'Anna', claimed_by_id = 'page:Anna', claimed_at = now()
      FROM contact c WHERE c.id = f.contact_id AND c.address_hash = $1 RETURNING c.id, f.code`,
    [keyring.hashAddress("telegram", "4242", who)],
  );
  const { id = "", code = "" } = rows[0] ?? {};
  return { who, id, code };
}

const found = async (code: string) => readCase(await lazyPrisma(database.pool)(), keyring, code);
const deliver = () =>
  deliverReferrals(database.pool, {
    keyring,
    receive: process.turns.receive.bind(process.turns),
    accountOf: () => "4242",
  });
const ask = (code: string, more: Partial<Parameters<typeof askReferral>[1]> = {}) =>
  askReferral(database.pool, {
    ...{ code, office: "jobcenter", items: ["needs", "paper"], version: 1, confidentiality: true, by: anna },
    ...more,
  });
const asked = () => process.sent.filter((message) => message.type === "prompt" && message.prompt.key === "referral");
const toAgreements = { "home.main": "data", data: ["agreements", "end"] };
/** Presses on one agreement in the list, then leaves. */
const press = (who: string, key: string, act: string) =>
  walk(process, who, { ...toAgreements, agreements: [key, "end"], "agreements.one": act });
const sheet = async (code: string) => {
  const id = (await found(code))?.referrals[0]?.id ?? "";
  return readReferralSheet(database.pool, keyring, { code, id });
};

test("hides what was sent as soon as the agreement to it is taken back, and shows it again with a new yes", async () => {
  const { who, code, id } = await sender();
  await press(who, "intake", "withdraw");
  expect(await found(code)).toMatchObject({ needs: [], proposals: [], talk: [], municipality: null });
  expect((await found(code))?.intakes[0]).toMatchObject({ answers: { forWhom: "self" }, proposals: [] });
  expect((await found(code))?.events.at(-1)?.kind).toBe("agreement_withdrawn");
  await process.settled();
  const card = process.sent.findLast((message) => message.type === "card");
  expect(card).toMatchObject({ card: { code, withdrawn: true } });
  expect(card).not.toHaveProperty("card.needs");
  // Whoever acts on an older form is told so.
  const { rows } = await database.pool.query(`SELECT id, version FROM case_file WHERE code = $1`, [code]);
  const since = await inTransaction(database.pool, (client) =>
    eventsSince(client, rows[0].id, rows[0].version - 1, null),
  );
  expect(since.map(({ kind }) => kind)).toEqual(["agreement_withdrawn"]);
  const waiting = async () => (await dueCases(database.pool, Date.now())).length;
  const before = await waiting();
  await press(who, "intake", "give");
  // Nobody is reminded of it meanwhile.
  expect(await waiting()).toBe(before + 1);
  expect(await found(code)).toMatchObject({ needs: ["benefits", "housing"], withdrawnAt: null });
  expect((await readAgreements(database.pool, id)).map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
    "intake given",
    "naturalisation refused",
    "intake withdrawn",
    "intake given",
  ]);
});

test("writes no more by itself once that is taken back, and drops what waits for it", async () => {
  const { who, id } = await sender();
  const write = () =>
    inTransaction(database.pool, async (client) => {
      const contact = await lockContact(client, keyring, id);
      if (!contact) return false;
      // An owner that is nobody: the row waits.
      return writeToContact(client, contact, 999_999, [{ type: "prompt", prompt: { key: "help" }, language: "en" }]);
    });
  const waiting = async () =>
    (await database.pool.query(`SELECT FROM outbox WHERE lane = $1 AND purpose = 'contact'`, [id])).rowCount;
  expect(await write()).toBe(true);
  expect(await waiting()).toBe(1);
  // Its answers are handed to who is sending that lane, which is nobody: what is asked is known all the same.
  const { token } = await position(id);
  for (const [index, value] of ["data", "agreements", "contact", "withdraw"].entries())
    await process.turns.receive(
      messageFrom(who, { type: "press", data: `${(token + index).toString(36)}:${value}`, ref: "1" }),
    );
  expect(await waiting()).toBe(0);
  expect(await write()).toBe(false);
  await database.pool.query(`DELETE FROM outbox WHERE lane = $1`, [id]);
});

test("asks once, hands over only after the yes, and not once it is taken back", async () => {
  const { who, code, id } = await sender();
  expect(await ask(code)).toBe("asked");
  expect(await ask(code)).toBe("pending");
  await Promise.all([deliver(), deliver()]);
  await deliver();
  await until(() => asked().length > 0, "the question");
  await process.settled();
  expect(asked()).toHaveLength(1);
  expect(asked()[0]).toMatchObject({ prompt: { private: true, values: { context: "release" } } });
  expect(await sheet(code)).toBeUndefined();
  const referral = (await found(code))?.referrals[0]?.id ?? "";
  const today = { code, id: referral, day: "2026-11-28", by: anna };
  expect(await handOver(database.pool, today)).toBe(false);

  await walk(process, who, { referral: "yes", "referral.release": "yes" }, { type: "words", text: "/start" });
  const allowed = await sheet(code);
  expect(Object.keys(allowed?.answers ?? {})).toEqual(["needs", "paper"]);
  expect(allowed?.agreements.map(({ purpose }) => purpose)).toEqual(["office", "confidentiality"]);
  expect(allowed?.agreements[0]?.body).toContain("Jobcenter Kreis Paderborn");
  expect(await handOver(database.pool, today)).toBe(true);
  expect(await handOver(database.pool, today)).toBe(false);

  await walk(process, who, { data: ["see", "file", "end"] }, { type: "words", text: "/data" });
  const told = process.sent.findLast((message) => message.type === "prompt" && message.prompt.key === "data.told");
  expect(JSON.stringify(told)).toContain("data.kept.handedOverTo");
  const json = process.bot.sent.findLast(({ file }) => file?.name === "lotse.json")?.file?.text ?? "";
  const own = JSON.parse(json);
  const went = { office: "jobcenter", handedOverOn: "2026-11-28", answers: { paper: "temp_protection_24" } };
  expect(own.cases[0].referrals).toMatchObject([went]);
  expect(own.agreementRecords.map(({ purpose }: { purpose: string }) => purpose)).toContain("confidentiality");
  expect(json).not.toContain("Anna");

  await press(who, "confidentiality:jobcenter", "withdraw");
  expect(await sheet(code)).toBeUndefined();
  expect((await found(code))?.referrals[0]).toMatchObject({ state: "withdrawn", handedOverOn: "2026-11-28" });
  expect(await ask(code)).toBe("saidNo");
  expect(JSON.stringify((await found(code))?.talk)).not.toMatch(/temp_protection|"referral"|agreements\./);
  const text = await database.pool.query(`SELECT string_agg(body, '') AS all FROM agreement_text`);
  expect(text.rows[0].all).not.toMatch(/temp_protection|§ 24/);
  expect((await readAgreements(database.pool, id)).at(-1)).toMatchObject({
    recipient: "jobcenter",
    state: "withdrawn",
  });
});

test("puts a question that a crash left into the chat at the next sweep, but none that is over", async () => {
  const [left, over] = [await sender(), await sender()];
  for (const { code } of [left, over]) await ask(code);
  await database.pool.query(`UPDATE case_file SET status = 'closed' WHERE code = $1`, [over.code]);
  await process.stop();
  process = await startProcess(database.url, database.pool, keyring);
  await deliver();
  await process.settled();
  expect(asked()).toHaveLength(1);
  expect((await found(left.code))?.referrals[0]?.shownAt).toBeInstanceOf(Date);
  expect((await found(over.code))?.referrals[0]?.shownAt).toBeNull();
});

test("takes no for an answer until the person changes it", async () => {
  const { who, code } = await sender();
  await ask(code, { confidentiality: false });
  await deliver();
  await walk(process, who, { referral: "no" }, { type: "words", text: "/start" });
  expect((await found(code))?.referrals[0]?.state).toBe("refused");
  expect(await ask(code)).toBe("saidNo");
  await walk(process, who, {
    ...toAgreements,
    agreements: ["office:jobcenter", "end"],
    "agreements.one": "ask",
    referral: "yes",
  });
  expect((await found(code))?.referrals[0]?.state).toBe("agreed");
  expect((await sheet(code))?.agreements).toHaveLength(1);
});

test("asks only for whoever has the case, about the answers they saw, and nobody who wants to hear nothing", async () => {
  const { who, code } = await sender();
  expect(await ask(code, { by: { id: "page:Berta", name: "Berta" } })).toBe("notYours");
  expect(await ask(code, { version: 2 })).toBe("changed");
  await press(who, "contact", "withdraw");
  expect(await ask(code)).toBe("silent");
  await press(who, "intake", "withdraw");
  expect(await ask(code)).toBe("over");
});

test("makes records of all agreements that are valid against the published schema", async () => {
  const { who, code, id } = await sender();
  await ask(code);
  await deliver();
  await walk(process, who, { referral: "yes", "referral.release": "no" }, { type: "words", text: "/start" });
  await press(who, "evaluation", "give");
  await press(who, "reminders", "withdraw");
  await press(who, "intake", "withdraw");
  const records = await agreementRecords(database.pool, place, id);
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  for (const record of records) {
    validate(JSON.parse(JSON.stringify(record)));
    expect(validate.errors, record.purpose).toBeNull();
  }
  expect(records.map(({ purpose, state, events }) => [purpose, state, events.length])).toEqual([
    ["intake", "withdrawn", 2],
    ["naturalisation", "refused", 1],
    ["confidentiality", "withdrawn", 2],
    ["office", "withdrawn", 2],
    ["evaluation", "given", 1],
    ["reminders", "withdrawn", 3],
  ]);
  expect(records[3]).toMatchObject({
    data_categories: ["needs", "paper"],
    recipients: [{ name: "Jobcenter Kreis Paderborn" }],
  });
  const broken = { ...records[0], events: [] };
  expect(validate(broken)).toBe(false);
});

async function position(contactId: string): Promise<{ token: number }> {
  await process.settled().catch(() => {});
  const last = process.sent.findLast((message) => message.type === "prompt" && message.token !== undefined);
  if (!contactId || last?.type !== "prompt" || last.token === undefined) throw new Error("nothing was asked");
  return { token: last.token };
}

test("asking about an office is no word to a person who wrote and waits", async () => {
  const { code } = await sender();
  const waits = `UPDATE case_file SET last_staff_at = now() - interval '2 hours', last_person_at = now() - interval '1 hour'
    WHERE code = $1 RETURNING last_staff_at`;
  const [before] = (await database.pool.query(waits, [code])).rows;
  expect(await ask(code)).toBe("asked");
  const { rows } = await database.pool.query(`SELECT last_staff_at FROM case_file WHERE code = $1`, [code]);
  expect(rows).toEqual([before]);
});
