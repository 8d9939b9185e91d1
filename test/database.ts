import { randomBytes } from "node:crypto";
import { Pool } from "pg";
import { inject } from "vitest";
import { onServer, templateName, urlOf } from "./template.ts";

/** A database of a test's own; `drop` closes the pool and removes it. */
export type TestDatabase = { url: string; pool: Pool; drop: () => Promise<void> };

/** Makes a database with every migration applied, or an empty one. */
export async function createDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = inject("databaseServer");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${empty ? "template0" : templateName}`);
  const url = urlOf(server, name);
  const pool = new Pool({ connectionString: url, max: 10 });
  // A test may end connections from outside; the pool replaces them.
  pool.on("error", () => {});
  const drop = async () => {
    await pool.end();
    // Also with connections of others, such as a worker that a failed test left running.
    await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url, pool, drop };
}
