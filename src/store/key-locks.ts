import type { ClientBase, Pool } from "pg";
import type { Keyring } from "./keyring.ts";
import { KeyError, wrappedBy } from "./wrapping.ts";

/** Advisory locks: that a process lives, which keys it knows, and who is just changing to another one. */
const processes = 0x4b657950;
const keyHolders = 0x4b657973;
const changing = 0x4b657943;

/**
 * Tells the others, for as long as the connection lives, which keys this process knows. Fails when the key was changed
 * to one that it does not know: nothing that others write could be read.
 */
export async function holdKeys(client: ClientBase, { wrapping }: Keyring): Promise<void> {
  await client.query("SELECT pg_advisory_lock_shared($1, 0)", [processes]);
  for (const id of wrapping.ids())
    await client.query("SELECT pg_advisory_lock_shared($1, $2)", [keyHolders, toInt(id)]);
  await client.query("BEGIN");
  try {
    // Who changes the key has counted before this, or counts us.
    await client.query("SELECT pg_advisory_xact_lock_shared($1, 0)", [changing]);
    const { rows } = await client.query<{ wrapped: Buffer }>(`SELECT wrapped FROM keyring WHERE name = 'address'`);
    const [row] = rows;
    if (row && !wrapping.ids().includes(wrappedBy(row.wrapped)))
      throw new KeyError(
        `ENCRYPTION_KEY was changed to a key (${wrappedBy(row.wrapped)}) that this process does not know. ` +
          "Start it again with the new key in front.",
      );
  } finally {
    await client.query("COMMIT");
  }
}

/** Makes every process that starts wait until the end of the transaction. */
export async function holdStarts(client: ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1, 0)", [changing]);
}

/** How many processes run on this database, and how many of them know a key. */
export async function countHolders(
  client: ClientBase | Pool,
  id: string,
): Promise<{ running: number; knowing: number }> {
  const { rows } = await client.query<{ running: number; knowing: number }>(
    `SELECT count(*) FILTER (WHERE classid::bigint = $1)::int AS running,
        count(*) FILTER (WHERE classid::bigint = $2 AND objid::bigint = $3 & 4294967295::bigint)::int AS knowing
      FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [processes, keyHolders, toInt(id)],
  );
  return rows[0] ?? { running: 0, knowing: 0 };
}

function toInt(id: string): number {
  return Buffer.from(id, "hex").readInt32BE();
}
