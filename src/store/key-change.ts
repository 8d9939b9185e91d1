import type { Pool } from "pg";
import { byteas, uuids } from "./binary.ts";
import { noteReplaced } from "./key-history.ts";
import { countHolders, holdStarts } from "./key-locks.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction } from "./pool.ts";
import { wrappedBy } from "./wrapping.ts";

/** Tables whose rows have a data key of their own, in the order in which they are wrapped anew. */
const withDataKey = ["room", "contact"] as const;
const atOnce = 200;

/**
 * Lets the first key of the settings wrap from now on, once every process that runs knows it: what is wrapped by it is
 * read by all. Answers how many do not know it yet.
 */
export async function switchKey(pool: Pool, { wrapping }: Keyring): Promise<{ waitingFor: number }> {
  const [first = ""] = wrapping.ids();
  const result = await inTransaction(pool, async (client) => {
    await holdStarts(client);
    const { rows } = await client.query<{ name: string; wrapped: Buffer }>(`SELECT name, wrapped FROM keyring`);
    const address = rows.find(({ name }) => name === "address");
    const before = address && wrappedBy(address.wrapped);
    if (before !== undefined && before !== first) {
      const { running, knowing } = await countHolders(client, first);
      if (knowing < running) return { waitingFor: running - knowing };
      // Whoever starts reads this row, and needs the new key from now on.
      for (const { name, wrapped } of rows) {
        const anew = wrapping.wrap(wrapping.unwrap(wrapped), first);
        await client.query(`UPDATE keyring SET wrapped = $2 WHERE name = $1`, [name, anew]);
      }
      await noteReplaced(client, first, before);
    }
    return { waitingFor: 0 };
  });
  if (result.waitingFor === 0) wrapping.use(first);
  return result;
}

/**
 * Wraps data keys by the active key that another one has wrapped, in steps that hold few locks for a moment; what is
 * sealed with them stays as it is. Stopped at any time, the next call goes on. Answers how many there were.
 */
export async function wrapAnew(pool: Pool, keyring: Keyring, isStopped: () => boolean = () => false): Promise<number> {
  let count = 0;
  for (const table of withDataKey) {
    let after = "00000000-0000-0000-0000-000000000000";
    while (!isStopped()) {
      const { rows } = await pool.query<{ id: string; data_key: Buffer }>(
        `SELECT id, data_key FROM ${table} WHERE id > $1 AND substring(data_key FOR 4) <> $2 ORDER BY id LIMIT ${atOnce}`,
        [after, Buffer.from(keyring.wrapping.active(), "hex")],
      );
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
      const { rowCount } = await pool.query(
        `UPDATE ${table} t SET data_key = n.anew FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS n(id, before, anew)
          WHERE t.id = n.id AND t.data_key = n.before`,
        [
          uuids(rows.map((row) => row.id)),
          byteas(rows.map((row) => row.data_key)),
          byteas(rows.map((row) => keyring.wrap(keyring.unwrap(row.data_key)))),
        ],
      );
      count += rowCount ?? 0;
    }
  }
  return count;
}

/** How many keys of each kind each key has wrapped, by its id. */
export async function countWrapped(pool: Pool): Promise<Map<string, { [table: string]: number }>> {
  const found = new Map<string, { [table: string]: number }>();
  for (const [table, column] of [["keyring", "wrapped"], ...withDataKey.map((name) => [name, "data_key"])]) {
    const { rows } = await pool.query<{ id: string; count: number }>(
      `SELECT encode(substring(${column} FOR 4), 'hex') AS id, count(*)::int AS count FROM ${table} GROUP BY 1`,
    );
    for (const { id, count } of rows) found.set(id, { ...found.get(id), [table ?? ""]: count });
  }
  return found;
}
