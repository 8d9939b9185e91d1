import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MigrationError, migrate } from "../../src/store/migrate.ts";
import { createDatabase, type TestDatabase } from "../database.ts";

const create = "CREATE TABLE apple (id int PRIMARY KEY);\nINSERT INTO apple VALUES (1), (2);\n";
const extend = "ALTER TABLE apple ADD COLUMN colour text;\n";

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createDatabase({ empty: true });
  directory = await mkdtemp(join(tmpdir(), "migrations-"));
  await write("2_extend", extend);
  await write("1_create", create);
  await writeFile(join(directory, "migration_lock.toml"), 'provider = "postgresql"\n');
});

afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

async function write(name: string, sql: string) {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, "migration.sql"), sql);
}

const run = () => migrate(database.url, directory);

async function books() {
  const { rows } = await database.pool.query('SELECT * FROM "_prisma_migrations" ORDER BY migration_name');
  return rows;
}

test("applies what is missing, in the order of the names, and keeps Prisma's books", async () => {
  expect(await run()).toEqual(["1_create", "2_extend"]);
  const { rows } = await database.pool.query("SELECT id, colour FROM apple");
  expect(rows).toHaveLength(2);
  const [first] = await books();
  expect(first).toMatchObject({
    checksum: createHash("sha256").update(create).digest("hex"),
    migration_name: "1_create",
    finished_at: expect.any(Date),
    rolled_back_at: null,
    applied_steps_count: 1,
  });
});

test("applies nothing twice, and later ones later", async () => {
  await run();
  expect(await run()).toEqual([]);
  await write("3_more", "CREATE TABLE pear (id int);");
  expect(await run()).toEqual(["3_more"]);
});

test("lets processes that start together apply each migration once", async () => {
  const results = await Promise.all([run(), run(), run()]);
  expect(results.flat().sort()).toEqual(["1_create", "2_extend"]);
});

test("takes a failed migration back whole and applies it once it is repaired", async () => {
  await write("3_broken", "CREATE TABLE pear (id int); SELECT 1/0;");
  await expect(run()).rejects.toThrow('The migration "3_broken" failed and was taken back.');
  expect((await books()).map((row) => row.migration_name)).toEqual(["1_create", "2_extend"]);
  await write("3_broken", "CREATE TABLE pear (id int);");
  expect(await run()).toEqual(["3_broken"]);
});

test("refuses an applied migration that was changed", async () => {
  await run();
  await write("2_extend", `${extend}SELECT 1;`);
  await expect(run()).rejects.toThrow('The migration "2_extend" was changed after it was applied');
});

test("accepts the line ends of another system", async () => {
  await run();
  await write("1_create", create.replaceAll("\n", "\r\n"));
  expect(await run()).toEqual([]);
});

test("refuses a database that is newer than this release", async () => {
  await run();
  await rm(join(directory, "2_extend"), { recursive: true });
  await expect(run()).rejects.toThrow(MigrationError);
  await expect(run()).rejects.toThrow('newer than this release: it has the migration "2_extend"');
});

test("names a migration that Prisma left half applied", async () => {
  await run();
  await database.pool.query(`UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '2_extend'`);
  await expect(run()).rejects.toThrow('The migration "2_extend" failed earlier');
});

test("applies a migration that was marked as rolled back again", async () => {
  await run();
  await database.pool.query("ALTER TABLE apple DROP COLUMN colour");
  await database.pool.query(`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = '2_extend'`);
  expect(await run()).toEqual(["2_extend"]);
});

test("waits for the one that holds Prisma's lock", async () => {
  const other = new Pool({ connectionString: database.url, max: 1 });
  await other.query("SELECT pg_advisory_lock(72707369)");
  const running = run();
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
  expect((await database.pool.query("SELECT to_regclass('apple') AS apple")).rows).toEqual([{ apple: null }]);
  await other.end();
  expect(await running).toHaveLength(2);
});

async function waiting() {
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()`,
  );
  return rows[0].n;
}
