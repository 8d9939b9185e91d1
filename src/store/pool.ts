import { Client, Pool, type PoolClient } from "pg";
import type { Log } from "../domain/log.ts";

// A database behind a network that swallows everything is given up after these (ms).
const connectionTimeoutMillis = 5000;
const keepAliveInitialDelayMillis = 10_000;

/** Opens the pool of everything that is not on the way of a message. A broken idle connection is told and replaced. */
export function openPool(url: string, log: Log): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 6,
    application_name: "lotse",
    keepAlive: true,
    keepAliveInitialDelayMillis,
    connectionTimeoutMillis,
  });
  pool.on("error", () => log.warn("a connection to PostgreSQL broke"));
  // While a connection is in use its errors come to whoever uses it; unheard here, they would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Opens one connection of its own, with PostgreSQL settings such as `-c synchronous_commit=off`. */
export async function openClient(url: string, options = ""): Promise<Client> {
  const client = new Client({
    connectionString: url,
    options,
    application_name: "lotse",
    keepAlive: true,
    keepAliveInitialDelayMillis,
    connectionTimeoutMillis,
  });
  // Whoever uses the connection sees its queries fail; without a listener the process would end here.
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Runs `work` in a transaction; anything thrown undoes it. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs a transaction again that met another one which waited for it (a deadlock), as often as that passes. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if ((code !== "40P01" && code !== "40001") || tries === 5) throw error;
    }
  }
}

/** Whether PostgreSQL itself was not there (restart, network), rather than that it refused something. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  // Class 08: connection; 57P0x: shut down, crashed, starting up; no SQLSTATE: the socket.
  if (code === undefined) return /terminated|closed|ended|ECONN|timeout|not queryable/i.test(error.message);
  return code.startsWith("08") || code.startsWith("57P") || code.startsWith("E");
}

/**
 * Whether an error is a fault of what was asked, which comes back however often it is tried: of the program (no
 * SQLSTATE) or of its statements and data. The rest is the state of the database, and passes: transactions that met
 * (40), read-only or full servers (25, 53), locks (55), operators (57), disks (58), PostgreSQL's own faults (XX).
 */
export function isFault(error: unknown): boolean {
  if (isConnectionLoss(error)) return false;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code !== "string" || !/^(25|40|53|55|57|58|XX)[0-9A-Z]{3}$/.test(code);
}
