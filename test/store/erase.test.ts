import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseContent } from "../../src/store/erase.ts";
import { eraseCase } from "../../src/store/erase-case.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase } from "../staff/stage.ts";

let database: TestDatabase;
let codes = 0;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const newCode = () => `EE-${222 + ++codes}`;
const rows = async (text: string, ...values: unknown[]) => (await database.pool.query(text, values)).rows;
const talk = [[{ type: "said", key: "home.main" } as const]];

async function addSession(contactId: string, talking: string | null = null): Promise<void> {
  await rows(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at, talking) VALUES ($1, $2, 1, $3, 0, now(), $4)
      ON CONFLICT (contact_id) DO UPDATE SET id = excluded.id, version = 1, conversation = excluded.conversation, sent = 0, updated_at = excluded.updated_at, talking = excluded.talking`,
    contactId,
    randomUUID(),
    randomBytes(20),
    talking,
  );
}

// Columns that hold the id of a contact or a case without a foreign key to it. Of each it is known who empties it.
const knownColumns = [
  "agreement.contact_id: stays, as the proof's pseudonym",
  "decision.case_id: goes with its intake",
  "dropped.lane: eraseContent",
  "message.contact_id: eraseContent",
  "outbox.lane: eraseContent",
  "erased.subject_id: is the list of what was erased",
  "session.talking: eraseCases",
];

test("every column that names a contact or a case is erased by its foreign key, or known", async () => {
  const found = await rows(
    `SELECT c.relname || '.' || a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attname ~ '(contact_id|case_id|lane|subject_id|talking|person_id|^case$|^contact$)'
        AND a.attname <> 'contact_person_id'
        AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.conkey = ARRAY[a.attnum]
          AND f.confrelid IN ('contact'::regclass, 'case_file'::regclass))`,
  );
  const known = knownColumns.map((line) => line.split(":")[0]);
  expect(found.map(({ column }) => column).filter((column) => !known.includes(column))).toEqual([]);
});

test("a table made tomorrow is erased, because it refers to a case or a contact", async () => {
  const { id, contactId } = await addCase(database.pool, { code: newCode() });
  await addSession(contactId);
  await rows(`CREATE TABLE tomorrow_case (case_id uuid REFERENCES case_file (id), words text)`);
  await rows(`CREATE TABLE tomorrow_contact (who uuid REFERENCES contact (id) ON DELETE CASCADE, words text)`);
  await rows(`ALTER TABLE case_file ADD COLUMN tomorrow text, ADD COLUMN tomorrows int NOT NULL DEFAULT 0`);
  await rows(`UPDATE case_file SET tomorrow = 'x', tomorrows = 7 WHERE id = $1`, id);
  await rows(`INSERT INTO tomorrow_case VALUES ($1, 'x')`, id);
  await rows(`INSERT INTO tomorrow_contact VALUES ($1, 'x')`, contactId);
  await inTransaction(database.pool, (client) => eraseContent(client, contactId));
  expect(await rows(`SELECT words FROM tomorrow_case UNION ALL SELECT words FROM tomorrow_contact`)).toEqual([]);
  expect(await rows(`SELECT tomorrow, tomorrows FROM case_file WHERE id = $1`, id)).toEqual([
    { tomorrow: null, tomorrows: 0 },
  ]);
  await rows(`ALTER TABLE case_file DROP COLUMN tomorrow, DROP COLUMN tomorrows`);
  await rows(`DROP TABLE tomorrow_case, tomorrow_contact`);
});

test("of an erased case code, team, times and the outline of its history stay", async () => {
  const code = newCode();
  const { id, contactId } = await addCase(database.pool, { code, claimedBy: "Anna", call: true, talk });
  await addSession(contactId, id);
  await rows(
    `INSERT INTO case_event (case_id, at, kind, by, by_id, facts, words) VALUES
      ($1, now(), 'claimed', 'Anna', 'telegram:1', '{"x": 1}', '\\x01'), ($1, now(), 'call_asked', NULL, NULL, NULL, NULL)`,
    id,
  );
  expect(await inTransaction(database.pool, (client) => eraseContent(client, contactId))).toEqual([id]);
  expect(
    await rows(
      `SELECT code, team, status, language, needs, municipality, call_asked_at, claimed_by FROM case_file WHERE id = $1`,
      id,
    ),
  ).toEqual([
    {
      code,
      team: "nord",
      status: "erased",
      language: "de",
      needs: [],
      municipality: null,
      call_asked_at: null,
      claimed_by: null,
    },
  ]);
  expect(
    await rows(`SELECT kind, by, by_id, facts, words FROM case_event WHERE case_id = $1 ORDER BY at, kind`, id),
  ).toEqual(
    [
      { kind: "submitted", by: null },
      { kind: "claimed", by: "Anna" },
      { kind: "erased", by: null },
    ].map((event) => ({ ...event, by_id: null, facts: null, words: null })),
  );
  expect(await rows(`SELECT talking FROM session WHERE contact_id = $1`, contactId)).toEqual([{ talking: null }]);
});

test("a second time finds nothing more to erase", async () => {
  const { id, contactId } = await addCase(database.pool, { code: newCode(), talk });
  await addSession(contactId);
  await inTransaction(database.pool, (client) => eraseContent(client, contactId));
  expect(await inTransaction(database.pool, (client) => eraseContent(client, contactId))).toEqual([]);
  const kinds = await rows(`SELECT kind FROM case_event WHERE case_id = $1`, id);
  expect(kinds.filter(({ kind }) => kind === "erased")).toHaveLength(1);
});

test("one case goes with all that was said, and the other one stays", async () => {
  const code = newCode();
  const [one, other] = [
    await addCase(database.pool, { code, talk }),
    await addCase(database.pool, { code: newCode() }),
  ];
  await addSession(one.contactId);
  await rows(`UPDATE case_file SET contact_id = $2 WHERE id = $1`, other.id, one.contactId);
  const erase = (contactId: string) => inTransaction(database.pool, (client) => eraseCase(client, contactId, code));
  expect(await erase(other.contactId)).toBeUndefined();
  expect(await erase(one.contactId)).toBe(one.id);
  expect(await erase(one.contactId)).toBeUndefined();
  expect(
    await rows(`SELECT id, status FROM case_file WHERE id = ANY ($1) ORDER BY status`, [one.id, other.id]),
  ).toEqual([
    { id: one.id, status: "erased" },
    { id: other.id, status: "open" },
  ]);
  expect(await rows(`SELECT FROM intake WHERE case_id = $1`, one.id)).toEqual([]);
  expect(await rows(`SELECT FROM intake WHERE case_id = $1`, other.id)).toHaveLength(1);
  expect(await rows(`SELECT FROM message WHERE contact_id = $1`, one.contactId)).toEqual([]);
});

test("an erasure that was cut off in the middle has erased nothing", async () => {
  const { id, contactId } = await addCase(database.pool, { code: newCode(), talk });
  await addSession(contactId);
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await eraseContent(client, contactId);
  // As when the process is killed: its connection is gone, and with it the transaction.
  client.release(new Error("killed"));
  expect(await rows(`SELECT status FROM case_file WHERE id = $1`, id)).toEqual([{ status: "open" }]);
  expect(await rows(`SELECT FROM message WHERE contact_id = $1`, contactId)).toHaveLength(1);
  expect(await rows(`SELECT FROM erased WHERE subject_id = $1`, contactId)).toEqual([]);
});

test("nothing of anybody else goes with it", async () => {
  const [gone, stays] = [
    await addCase(database.pool, { code: newCode(), talk }),
    await addCase(database.pool, { code: newCode(), claimedBy: "Anna", talk }),
  ];
  for (const { contactId, id } of [gone, stays]) await addSession(contactId, id);
  const rowsOf = async ({ id, contactId }: typeof stays) =>
    Promise.all([
      rows(`SELECT * FROM case_file WHERE id = $1`, id),
      rows(`SELECT * FROM case_event WHERE case_id = $1`, id),
      rows(`SELECT * FROM intake WHERE case_id = $1`, id),
      rows(`SELECT * FROM message WHERE contact_id = $1`, contactId),
      rows(`SELECT * FROM session WHERE contact_id = $1`, contactId),
      rows(`SELECT * FROM contact WHERE id = $1`, contactId),
    ]);
  const before = await rowsOf(stays);
  await inTransaction(database.pool, (client) => eraseContent(client, gone.contactId));
  expect(await rowsOf(stays)).toEqual(before);
});
