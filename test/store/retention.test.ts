import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadPlace } from "../../src/places.ts";
import { recordAgreement, toShownText } from "../../src/store/agreements.ts";
import { applyRetention, dueNow, lastRetentionReports } from "../../src/store/retention.ts";
import { retentionRules } from "../../src/store/retention-rules.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase } from "../staff/stage.ts";

const { retention } = loadPlace("kreis-paderborn");

let database: TestDatabase;
let codes = 0;
const expired: string[] = [];
const failed: string[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  expired.length = 0;
  failed.length = 0;
});

const rows = async (text: string, ...values: unknown[]) => (await database.pool.query(text, values)).rows;
const apply = () =>
  applyRetention(database.pool, retention, {
    forgetCards: async (_, caseId) => void expired.push(caseId),
    failed: (kind) => void failed.push(kind),
  });
const dueOf = async (kind: string) => (await dueNow(database.pool, retention)).find((due) => due.kind === kind);

/** A case of a contact that wrote just now; `set` changes its row. */
async function add(set: string): Promise<{ id: string; contactId: string }> {
  const talk = [[{ type: "said", key: "home.main" } as const]];
  const made = await addCase(database.pool, { code: `RT-${222 + ++codes}`, talk });
  await rows(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at) VALUES ($1, $2, 1, $3, 0, now())
      ON CONFLICT (contact_id) DO UPDATE SET id = excluded.id, version = 1, conversation = excluded.conversation, sent = 0, updated_at = excluded.updated_at`,
    made.contactId,
    randomUUID(),
    randomBytes(20),
  );
  await rows(`UPDATE case_file SET ${set} WHERE id = $1`, made.id);
  await rows(
    `UPDATE intake SET submitted_at = (SELECT submitted_at FROM case_file WHERE id = $1) WHERE case_id = $1`,
    made.id,
  );
  return made;
}

const statusOf = async (id: string) => (await rows(`SELECT status, outcome FROM case_file WHERE id = $1`, id))[0];

test.each([
  ["case_not_taken_up", `submitted_at = now() - interval '91 days'`, `submitted_at = now() - interval '89 days'`],
  [
    "case_not_taken_up",
    `submitted_at = now() - interval '200 days', last_person_at = now() - interval '91 days'`,
    `submitted_at = now() - interval '200 days', last_person_at = now() - interval '89 days'`,
  ],
  [
    "case_referred",
    `status = 'closed', outcome = 'referred', closed_at = now() - interval '7 months'`,
    `status = 'closed', outcome = 'accompanied', closed_at = now() - interval '7 months'`,
  ],
  [
    "case_closed",
    `status = 'closed', outcome = 'accompanied', closed_at = now() - interval '25 months'`,
    `status = 'closed', outcome = 'accompanied', closed_at = now() - interval '23 months'`,
  ],
  [
    "case_left_alone",
    `status = 'claimed', submitted_at = now() - interval '30 months', claimed_at = now() - interval '25 months'`,
    `status = 'claimed', submitted_at = now() - interval '30 months', last_staff_at = now() - interval '1 month'`,
  ],
])("%s: %s is over, %s is not", async (kind, over, young) => {
  const [gone, stays] = [await add(over), await add(young)];
  const before = await statusOf(gone.id);
  expect(await dueOf(kind)).toMatchObject({ count: 1, oldest: expect.any(Date) });
  expect(await statusOf(gone.id)).toEqual(before);
  expect(await apply()).toMatchObject({ [kind]: 1 });
  expect(await statusOf(gone.id)).toEqual({ status: "erased", outcome: "expired" });
  expect((await statusOf(stays.id)).status).not.toBe("erased");
  expect(expired).toEqual([gone.id]);
  expect(await rows(`SELECT FROM message WHERE contact_id = $1`, gone.contactId)).toEqual([]);
  expect(await rows(`SELECT FROM message WHERE contact_id = $1`, stays.contactId)).toHaveLength(1);
  expect(await dueOf(kind)).toMatchObject({ count: 0, oldest: null });
});

test("the contact of an expired case goes in the same night, when it has not written for long", async () => {
  const { id, contactId } = await add(`submitted_at = now() - interval '91 days'`);
  await rows(`UPDATE session SET updated_at = now() - interval '80 days' WHERE contact_id = $1`, contactId);
  expect(await apply()).toMatchObject({ case_not_taken_up: 1, contact_without_case: 1 });
  expect(await rows(`SELECT FROM contact WHERE id = $1`, contactId)).toEqual([]);
  const listed = await rows(`SELECT subject, subject_id FROM erased WHERE subject_id = ANY ($1) ORDER BY subject`, [
    id,
    contactId,
  ]);
  expect(listed).toEqual([
    { subject: "case", subject_id: id },
    { subject: "contact", subject_id: contactId },
  ]);
});

test("of an erased case nothing is left in the end", async () => {
  const { id } = await add(`submitted_at = now() - interval '91 days'`);
  await apply();
  await rows(`UPDATE case_event SET at = now() - interval '91 days' WHERE case_id = $1`, id);
  expect(await apply()).toMatchObject({ erased_case: 1 });
  expect(await statusOf(id)).toBeUndefined();
});

test("what somebody was writing of a case while it was erased goes with the next night", async () => {
  const { id } = await add(`submitted_at = now() - interval '91 days'`);
  await apply();
  await rows(`CREATE TABLE late_note (case_id uuid REFERENCES case_file (id))`);
  await rows(`INSERT INTO late_note VALUES ($1)`, id);
  await apply();
  expect(await rows(`SELECT FROM late_note`)).toEqual([]);
  await rows(`DROP TABLE late_note`);
});

test.each([
  ["seen", 9, `INSERT INTO seen (id, at) VALUES ('s' || $1::int, now() - make_interval(days => $1::int))`],
  [
    "dropped",
    31,
    `INSERT INTO dropped (lane, n, reason, at) VALUES (gen_random_uuid(), $1, 'stopped', now() - make_interval(days => $1))`,
  ],
  [
    "message",
    731,
    `INSERT INTO message (contact_id, n, at, body) VALUES (gen_random_uuid(), $1, now() - make_interval(days => $1), '')`,
  ],
  [
    "unsent",
    31,
    `INSERT INTO outbox (lane, n, body, created_at) VALUES (gen_random_uuid(), $1, '', now() - make_interval(days => $1))`,
  ],
  [
    "retention_report",
    366,
    `INSERT INTO retention_report (at, counts) VALUES (now() - make_interval(days => $1), '{}')`,
  ],
])("%s goes when it is %d days old, and not a few days before", async (kind, days, insert) => {
  await rows(insert, days);
  await rows(insert, days - 6);
  expect(await dueOf(kind)).toMatchObject({ count: 1 });
  expect(await apply()).toMatchObject({ [kind]: 1 });
  expect(await apply()).not.toHaveProperty(kind);
});

const texts = toShownText("agreement.intake", "1", "de", "Ich bin einverstanden.");
const agree = async (contactId: string, monthsAgo: number) => {
  const client = await database.pool.connect();
  const at = new Date();
  at.setMonth(at.getMonth() - monthsAgo);
  await recordAgreement(client, {
    contactId,
    purpose: "intake",
    state: "given",
    text: texts,
    language: "de",
    channel: "telegram",
    way: "press",
    place: "kreis-paderborn",
    at: at.getTime(),
  });
  client.release();
};
const proofsOf = async (contactId: string) =>
  (await rows(`SELECT FROM agreement WHERE contact_id = $1`, contactId)).length;

test("the proof of an agreement stays for its period after the person is gone, and no one else can remove it", async () => {
  const [gone, goneLately, here] = [randomUUID(), randomUUID(), (await add(`language = 'de'`)).contactId];
  for (const contactId of [gone, goneLately, here]) await agree(contactId, 40);
  await rows(
    `INSERT INTO erased (subject, subject_id, day, listed) VALUES ('contact', $1, now() - interval '37 months', true),
    ('contact', $2, now() - interval '35 months', true)`,
    gone,
    goneLately,
  );
  expect(await dueOf("agreement_proof")).toMatchObject({ count: 1 });
  expect(await apply()).toMatchObject({ agreement_proof: 1, erased_id: 1 });
  expect(await Promise.all([gone, goneLately, here].map(proofsOf))).toEqual([0, 1, 1]);

  await expect(rows(`DELETE FROM agreement`)).rejects.toThrow("rows of agreement are never changed");
  await expect(rows(`UPDATE agreement SET state = 'refused'`)).rejects.toThrow("never changed");
  await expect(rows(`TRUNCATE agreement`)).rejects.toThrow("never changed");
  await expect(rows(`SELECT forget_agreements('11 months', 1)`)).rejects.toThrow("a year at least");
  // Not even with the function's setting: whoever is here has given it, and still stands by it.
  const client = await database.pool.connect();
  await client.query(`SET lotse.forgetting = 'agreements'`);
  await expect(client.query(`DELETE FROM agreement WHERE contact_id = $1`, [here])).rejects.toThrow("never changed");
  client.release(true);
  expect(await proofsOf(here)).toBe(1);
});

test("a kind that fails keeps no other from its turn, and the run is tried again", async () => {
  await rows(`INSERT INTO retention_report (at, counts) VALUES (now() - interval '2 years', '{}')`);
  await rows(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`);
  await rows(`CREATE TRIGGER fails BEFORE DELETE ON staff_link FOR EACH STATEMENT EXECUTE FUNCTION fail()`);
  await expect(apply()).rejects.toThrow("no");
  expect(failed).toEqual(["staff_link"]);
  expect(await dueOf("retention_report")).toMatchObject({ count: 0 });
  await rows(`DROP TRIGGER fails ON staff_link`);
  await expect(apply()).resolves.toBeDefined();
});

test("reports tell counts and kinds, the newest first", async () => {
  await rows(`INSERT INTO seen (id, at) VALUES ('r1', now() - interval '9 days'), ('r2', now() - interval '9 days')`);
  await apply();
  await apply();
  const [last, before] = await lastRetentionReports(database.pool, 2);
  expect([before?.counts, last?.counts]).toEqual([{ seen: 2 }, {}]);
});

test("every table has a period, or a reason to stay", async () => {
  const stays = [
    "_prisma_migrations",
    "agreement_text: the same for all",
    "card: goes with its case",
    "case_event: goes with its case",
    "decision: goes with its intake",
    "intake: goes with its case",
    "referral: goes with its case",
    "session: goes with its contact",
    "staff_notice_seen: goes with its notice",
    "door: counts",
    "encryption_key: ids of keys",
    "keyring: the service's own",
    "room: as long as the settings name it",
  ].map((line) => line.split(":")[0]);
  const named = retentionRules.map(({ due, act }) => `${due} ${"run" in act ? act.run : ""}`).join(" ");
  const tables = await rows(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const without = tables
    .map(({ relname }) => String(relname))
    .filter((name) => !stays.includes(name) && !new RegExp(`\\b${name}\\b`).test(named));
  // `contact` is named by its session.
  expect(without).toEqual(["contact"]);
});
