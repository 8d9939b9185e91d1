import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { switchKey, wrapAnew } from "../src/store/key-change.ts";
import { noteUse } from "../src/store/key-history.ts";
import { openKeyring } from "../src/store/keyring.ts";
import { keyIdOf } from "../src/store/wrapping.ts";
import { createDatabase, type TestDatabase } from "./database.ts";

let database: TestDatabase;
let folder: string;
const [before, next] = [randomBytes(32), randomBytes(32)];

beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), "commands-"));
  await openKeyring(database.pool, before);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const toSetting = (...keys: Buffer[]) => keys.map((key) => key.toString("base64")).join(",");

async function run(command: string, words: string[], env: { [name: string]: string } = {}) {
  const program = join(import.meta.dirname, "..", "src", `${command}-command.ts`);
  const own = { DATABASE_URL: database.url, ENCRYPTION_KEY: toSetting(before) };
  const given = { PATH: process.env.PATH ?? "", DATA_DIR: folder, ...own, ...env };
  try {
    return { ...(await promisify(execFile)(process.execPath, [program, ...words], { env: given })), code: 0 };
  } catch (cause) {
    return cause as { stdout: string; stderr: string; code: number };
  }
}

test("retention says what is over, and removes it only when told to", async () => {
  await database.pool.query(`INSERT INTO seen (id, at) VALUES ('old', now() - interval '9 days'), ('new', now())`);
  const dry = await run("retention", []);
  expect(dry.stdout).toMatch(/^seen +1 {2}after 8 days, the oldest from \d{4}-\d\d-\d\d$/m);
  expect(dry.stdout).toMatch(/^case_closed +0 {2}after 24 months$/m);
  expect((await database.pool.query(`SELECT FROM seen`)).rowCount).toBe(2);
  expect((await run("retention", ["--apply"])).stdout).toMatch(/^seen +1 {2}removed$/m);
  expect((await database.pool.query(`SELECT id FROM seen`)).rows).toEqual([{ id: "new" }]);
  expect((await run("retention", ["--aply"])).stderr).toContain("npm run retention -- --apply");
});

test("erase-again repeats what a list says", async () => {
  const [contact, record] = [randomUUID(), randomUUID()];
  await database.pool.query(
    `INSERT INTO contact (id, channel, address_hash, address, data_key) VALUES ($1, 'web', '\\x01', '', '')`,
    [contact],
  );
  await database.pool.query(
    `INSERT INTO session (contact_id, id, version, conversation, sent, updated_at) VALUES ($1, $1, 1, '', 0, now())
      ON CONFLICT (contact_id) DO UPDATE SET id = excluded.id, version = 1, conversation = excluded.conversation, sent = 0, updated_at = excluded.updated_at`,
    [contact],
  );
  await writeFile(join(folder, "erased.log"), `2026-11-20 contact ${contact} ${record}\n`);
  const { stdout } = await run("erase-again", []);
  expect(stdout).toBe(`${join(folder, "erased.log")}: 1 erasures, 1 repeated\n`);
  expect((await database.pool.query(`SELECT FROM contact WHERE id = $1`, [contact])).rowCount).toBe(0);
});

test("keys leads through a change of the key in the settings", async () => {
  const made = await run("keys", ["new"]);
  expect(made.stdout).toMatch(/\n[A-Za-z0-9+/]{43}=\n$/);
  const both = { ENCRYPTION_KEY: toSetting(next, before) };
  expect((await run("keys", ["new"], both)).stderr).toContain("Remove the old one first");
  expect((await run("keys", ["remove"], both)).stderr).toContain("Nothing can be removed yet");
  expect((await run("keys", ["status"], both)).stdout).toContain(`${keyIdOf(before)}  for reading; wraps keyring 2`);

  const keyring = await openKeyring(database.pool, next, before);
  await switchKey(database.pool, keyring);
  await wrapAnew(database.pool, keyring);
  await noteUse(database.pool, keyIdOf(before), false);
  expect((await run("keys", ["status"], both)).stdout).not.toContain("can be removed");
  await database.pool.query(`UPDATE encryption_key SET unused_since = now() - interval '1 hour' WHERE id = $1`, [
    keyIdOf(before),
  ]);
  const { stdout } = await run("keys", ["status"], both);
  expect(stdout).toContain(`${keyIdOf(next)}  first; wraps keyring 2\n`);
  expect(stdout).toContain(`${keyIdOf(before)}  for reading; wraps nothing; can be removed\n`);
  expect((await run("keys", ["remove"], both)).stdout).toContain(`Remove from ENCRYPTION_KEY: ${keyIdOf(before)}`);
  for (const shown of [made.stdout.slice(0, 60), stdout]) expect(shown).not.toContain(toSetting(before));
});

test("keys puts a new key in front of that of the embedded database, readable by its owner only", async () => {
  const path = join(folder, "encryption.key");
  await writeFile(path, `${toSetting(before)}\n`);
  const { code, stdout } = await run("keys", ["new"], { DATABASE_URL: "", ENCRYPTION_KEY: "" });
  const [first, second, ...more] = (await readFile(path, "utf8")).trim().split("\n");
  expect([code, second, more]).toEqual([0, toSetting(before), []]);
  expect(stdout).toContain(keyIdOf(Buffer.from(first ?? "", "base64")));
  expect(stdout).not.toContain(first);
});

test("an unknown command shows which there are", async () => {
  const { stderr, code } = await run("keys", ["change"]);
  expect([code, stderr.includes("npm run keys -- status")]).toEqual([1, true]);
});
