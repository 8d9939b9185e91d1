import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Pool, PoolClient } from "pg";
import { eraseContent } from "./erase.ts";
import { eraseCases } from "./erase-cases.ts";
import { eraseContacts } from "./erase-contacts.ts";
import type { ForgetCards } from "./expire-case.ts";
import { inTransaction } from "./pool.ts";

/** One erasure as the list outside of the database has it: ids and a day. */
export interface ErasedEntry {
  /** Of the erasure itself: what a restored database has not, is repeated. */
  id: string;
  subject: "contact" | "case";
  subjectId: string;
  day: string;
}

const atOnce = 1000;
const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const line = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d) (contact|case) (${uuid}) (${uuid})$`);

/**
 * Appends the erasures that the list does not have yet, and marks them once they are on the disk. After a crash in
 * between, a line stands there twice, which changes nothing.
 *
 * @returns how many there were
 */
export async function listErased(pool: Pool, path: string): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<ErasedEntry>(
        `SELECT id, subject, subject_id AS "subjectId", day::text FROM erased WHERE NOT listed
          ORDER BY id LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`,
      );
      if (rows.length === 0) return 0;
      await append(path, rows);
      await client.query(`UPDATE erased SET listed = true WHERE id = ANY ($1)`, [rows.map((row) => row.id)]);
      return rows.length;
    });
    total += count;
    if (count < atOnce) return total;
  }
}

/** Reads a list. One that is not there is empty; a line that was cut off by a crash was written again behind it. */
export async function readErasedList(path: string): Promise<ErasedEntry[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((row) => {
    const [, day, subject, subjectId, id] = line.exec(row) ?? [];
    if (!day || (subject !== "contact" && subject !== "case") || !subjectId || !id) return [];
    return [{ id, subject, subjectId, day }];
  });
}

/**
 * Repeats what a list says was erased and the database, restored from a backup, does not know of. Contacts go at once,
 * without a last message. Can be stopped and run again.
 *
 * @returns how many were repeated
 */
export async function eraseAgain(pool: Pool, entries: ErasedEntry[], forgetCards: ForgetCards): Promise<number> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM erased e WHERE e.id = id.id)`,
    [[...byId.keys()]],
  );
  for (const { id } of rows) {
    const entry = byId.get(id);
    if (entry) await inTransaction(pool, (client) => repeat(client, entry, forgetCards));
  }
  return rows.length;
}

async function repeat(client: PoolClient, { id, subject, subjectId, day }: ErasedEntry, forgetCards: ForgetCards) {
  if (subject === "contact") {
    const { rowCount } = await client.query(`SELECT FROM contact WHERE id = $1`, [subjectId]);
    if (rowCount === 1) {
      for (const caseId of await eraseContent(client, subjectId)) await forgetCards(client, caseId);
      await eraseContacts(client, `s.contact_id = $1`, [subjectId]);
    }
  } else {
    const { rowCount } = await client.query(
      `SELECT FROM case_file WHERE id = $1 AND status <> 'erased' FOR NO KEY UPDATE`,
      [subjectId],
    );
    if (rowCount === 1) {
      await eraseCases(client, [subjectId], "erased");
      await forgetCards(client, subjectId);
    }
  }
  await client.query(
    `INSERT INTO erased (id, subject, subject_id, day, listed) VALUES ($1, $2, $3, $4, true) ON CONFLICT DO NOTHING`,
    [id, subject, subjectId, day],
  );
}

async function append(path: string, entries: ErasedEntry[]): Promise<void> {
  // As the folder of the embedded database: open to pass through, what lies in it is closed by its own rights.
  await mkdir(dirname(path), { recursive: true, mode: 0o711 });
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const lines = entries.map(({ day, subject, subjectId, id }) => `${day} ${subject} ${subjectId} ${id}\n`);
    // A crash may have cut the last line off.
    await file.appendFile((size > 0 && last.toString() !== "\n" ? "\n" : "") + lines.join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}
