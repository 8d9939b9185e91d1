import { randomBytes, randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eraseContent } from "../../src/store/erase.ts";
import { eraseContacts } from "../../src/store/erase-contacts.ts";
import { type ErasedEntry, eraseAgain, listErased, readErasedList } from "../../src/store/erased-list.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase } from "../staff/stage.ts";

let database: TestDatabase;
let folder: string;
let list: string;
let codes = 0;
const cards: string[] = [];

beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), "erased-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  list = join(folder, randomUUID(), "erased.log");
  cards.length = 0;
});

const rows = async (text: string, ...values: unknown[]) => (await database.pool.query(text, values)).rows;
const again = (entries: ErasedEntry[]) =>
  eraseAgain(database.pool, entries, async (_, caseId) => void cards.push(caseId));

async function add() {
  const made = await addCase(database.pool, { code: `EL-${222 + ++codes}` });
  await rows(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at) VALUES ($1, $2, 1, $3, 0, now())
      ON CONFLICT (contact_id) DO UPDATE SET id = excluded.id, version = 1, conversation = excluded.conversation, sent = 0, updated_at = excluded.updated_at`,
    made.contactId,
    randomUUID(),
    randomBytes(20),
  );
  return made;
}

async function erase({ contactId }: { contactId: string }): Promise<void> {
  await inTransaction(database.pool, (client) => eraseContent(client, contactId));
  await eraseContacts(database.pool, "s.contact_id = $1", [contactId]);
}

/** Writes the rows of a person back, as a restore from a backup does, which knows nothing of the erasure. */
async function restore({ id, contactId }: { id: string; contactId: string }, code: string): Promise<void> {
  await rows(`DELETE FROM case_file WHERE id = $1`, id);
  await rows(`DELETE FROM erased WHERE subject_id = ANY ($1)`, [id, contactId]);
  const fresh = await addCase(database.pool, { code });
  await rows(
    `INSERT INTO contact SELECT $2, channel, '\\x00'::bytea || address_hash, address, data_key FROM contact WHERE id = $1`,
    fresh.contactId,
    contactId,
  );
  await rows(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at) VALUES ($1, $2, 1, '', 0, now())
      ON CONFLICT (contact_id) DO UPDATE SET id = excluded.id, version = 1, conversation = excluded.conversation, sent = 0, updated_at = excluded.updated_at`,
    contactId,
    randomUUID(),
  );
  await rows(`UPDATE case_file SET contact_id = $2 WHERE id = $1`, fresh.id, contactId);
  await rows(`DELETE FROM contact WHERE id = $1`, fresh.contactId);
}

test("lists contacts and cases by ids and a day, once each, and nothing else", async () => {
  const made = await add();
  await erase(made);
  expect(await listErased(database.pool, list)).toBeGreaterThanOrEqual(2);
  expect(await listErased(database.pool, list)).toBe(0);
  const text = await readFile(list, "utf8");
  expect(text).toMatch(/^(\d{4}-\d\d-\d\d (contact|case) [0-9a-f-]{36} [0-9a-f-]{36}\n)+$/);
  const subjects = (await readErasedList(list)).map(({ subjectId }) => subjectId);
  expect(subjects).toEqual(expect.arrayContaining([made.id, made.contactId]));
});

test("repeats after a restore what the database does not know of, and only that", async () => {
  const [gone, stays] = [await add(), await add()];
  await erase(gone);
  await listErased(database.pool, list);
  const entries = await readErasedList(list);
  expect(await again(entries)).toBe(0);

  await restore(gone, "EL-999");
  expect(await again(entries)).toBeGreaterThan(0);
  expect(await rows(`SELECT FROM contact WHERE id = $1`, gone.contactId)).toEqual([]);
  expect(await rows(`SELECT status, contact_id FROM case_file WHERE code = 'EL-999'`)).toEqual([
    { status: "erased", contact_id: null },
  ]);
  expect(cards).toHaveLength(1);
  expect(await rows(`SELECT status FROM case_file WHERE id = $1`, stays.id)).toEqual([{ status: "open" }]);
  expect(await again(entries)).toBe(0);
});

test("leaves alone who wrote again after an erasure that the database knows of", async () => {
  const made = await add();
  await inTransaction(database.pool, (client) => eraseContent(client, made.contactId));
  await listErased(database.pool, list);
  // Before the contact was gone, the person came back and sent a new intake.
  const { id } = await addCase(database.pool, { code: "EL-888" });
  await rows(`UPDATE case_file SET contact_id = $2 WHERE id = $1`, id, made.contactId);
  expect(await again(await readErasedList(list))).toBe(0);
  expect(await rows(`SELECT status FROM case_file WHERE id = $1`, id)).toEqual([{ status: "open" }]);
});

test("a line that was cut off in a crash costs no other one", async () => {
  await erase(await add());
  await listErased(database.pool, list);
  const before = await readErasedList(list);
  await appendFile(list, "2026-11-28 contact 0198c1f2-0000");
  await erase(await add());
  const count = await listErased(database.pool, list);
  expect(await readErasedList(list)).toHaveLength(before.length + count);
});

test("two processes list each erasure once", async () => {
  for (let n = 0; n < 5; n++) await erase(await add());
  const counts = await Promise.all([listErased(database.pool, list), listErased(database.pool, list)]);
  const entries = await readErasedList(list);
  expect(entries).toHaveLength((counts[0] ?? 0) + (counts[1] ?? 0));
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

test("a list that is not there is empty", async () => {
  expect(await readErasedList(list)).toEqual([]);
});
