import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

type Migration = { name: string; sql: string; checksums: string[] };
type Applied = { migration_name: string; checksum: string; finished_at: Date | null };

/** Says why the database and this release's migrations do not fit; meant to stop the start. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

// The key `prisma migrate deploy` locks with, so that it and we wait for each other.
const lockKey = 72707369;

const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations of `directory` (`<name>/migration.sql`, in the order of their names) that the database lacks,
 * each in a transaction of its own with its row in Prisma's `_prisma_migrations`, and returns their names.
 * Waits for another process that is doing so. Throws MigrationError when an applied migration was changed, is unknown
 * to this release, or failed.
 */
export async function migrate(databaseUrl: string, directory: string): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await client.query("SET client_min_messages = warning");
    await client.query(bookkeeping);
    const pending = missing(migrations, await readApplied(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // The end of the connection also gives the lock back.
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksums: checksums(sql) };
    }),
  );
}

/** SHA-256 of the file as it is, and with the line ends that another system's checkout may have given it. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map((text) => createHash("sha256").update(text).digest("hex"));
}

async function readApplied(client: Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function missing(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const migration = known.get(name);
    if (!migration) {
      throw new MigrationError(
        `The database is newer than this release: it has the migration "${name}", which this release does not know. ` +
          "Start the newer release, or restore a backup from before it.",
      );
    }
    if (!finished_at) {
      throw new MigrationError(
        `The migration "${name}" failed earlier and may be half applied. ` +
          `Repair the database, then run "npx prisma migrate resolve --rolled-back ${name}".`,
      );
    }
    if (!migration.checksums.includes(checksum)) {
      throw new MigrationError(
        `The migration "${name}" was changed after it was applied to this database. Restore the file it was applied from.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client: Client, { name, sql, checksums: [checksum] }: Migration): Promise<void> {
  const startedAt = new Date();
  await client.query("BEGIN");
  try {
    await client.query(sql);
    // A migration may have changed it; the row below belongs to this connection's own schema.
    await client.query("RESET search_path");
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new MigrationError(`The migration "${name}" failed and was taken back.`, { cause });
  }
}
