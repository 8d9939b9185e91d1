import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { type Cluster, databaseName } from "./cluster.ts";

// Any number will do as long as it stays the same.
const lockKey = 5_683_120;
const lockPatience = 3_000;

/** Thrown when another process uses the same data directory. */
export class InUseError extends Error {
  override name = "InUseError";
}

/** The URL of a database of a cluster whose server listens on `port`. */
export function clusterUrl({ password }: Cluster, port: number, database: string): string {
  return `postgresql://${databaseName}:${password}@127.0.0.1:${port}/${database}`;
}

/** Finds a port of 127.0.0.1 that nobody uses. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}

/** Says whether a server takes connections, is starting or stopping, or gives no answer. Throws if it refuses us. */
export async function knock(url: string): Promise<"ready" | "busy" | "silent"> {
  const client = connection(url, 2_000);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return "ready";
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) return "silent";
    // invalid_authorization_specification, invalid_password
    if (cause.code?.startsWith("28")) {
      throw new Error("The embedded PostgreSQL refuses the password kept beside it.", { cause });
    }
    return "busy";
  } finally {
    await close(client);
  }
}

/**
 * Takes the lock that says who uses the cluster and returns the connection that holds it: a process that dies, however,
 * gives it back. Returns `undefined` when the server went away meanwhile; throws InUseError when someone else has it.
 */
export async function takeLock(url: string): Promise<Client | undefined> {
  const client = connection(url);
  try {
    await client.connect();
    // A killed process's lock is free only when the server has noticed.
    for (const end = Date.now() + lockPatience; Date.now() < end; await sleep(100)) {
      const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS got", [lockKey]);
      if (rows[0].got) return client;
    }
  } catch {
    await close(client);
    return undefined;
  }
  await close(client);
  throw new InUseError(
    "Another process is using this data directory. Stop it first, set another DATA_DIR, or set DATABASE_URL to share one database.",
  );
}

function connection(url: string, queryTimeout = 0): Client {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: queryTimeout });
  // Without a listener, a connection that breaks would end the process.
  client.on("error", () => {});
  return client;
}

async function close(client: Client): Promise<void> {
  // `end` waits for the server, which may be the one that does not answer.
  await Promise.race([client.end().catch(() => {}), sleep(500, undefined, { ref: false })]);
}
