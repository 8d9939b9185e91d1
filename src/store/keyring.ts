import { createHmac, randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { ignoreUnused, refuseReplaced } from "./key-history.ts";
import { type Key, toKey } from "./seal.ts";
import { startWrapping, type Wrapping, wrappedBy } from "./wrapping.ts";

/** The keys of a running service: what `ENCRYPTION_KEY` wraps, and the service's own keys. */
export interface Keyring extends Pick<Wrapping, "unwrap"> {
  wrap(dataKey: Key): Buffer;
  /** The same for the same address, and useless without the key. */
  hashAddress(channel: string, account: string, address: string): Buffer;
  /** Seals what is kept of staff. */
  staffKey: Key;
  /** For whoever changes the key. */
  wrapping: Wrapping;
}

/** Makes the data key of a new contact or room. */
export function newDataKey(): Key {
  return toKey(randomBytes(32));
}

/**
 * Opens the keyring with the keys of the settings, the new one first, making the service's own keys at the first start. Fails
 * with a sentence for the administrator when they are not those that this database was sealed with, or in the wrong order.
 * Until every process knows a new key, the one before goes on wrapping (`switchKey`).
 */
export async function openKeyring(pool: Pool, ...encryptionKeys: Buffer[]): Promise<Keyring> {
  const wrapping = startWrapping(encryptionKeys);
  await refuseReplaced(pool, wrapping);
  await ignoreUnused(pool, wrapping);
  const ownKey = async (name: "address" | "staff") => {
    await pool.query(`INSERT INTO keyring (name, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      name,
      wrapping.wrap(newDataKey()),
    ]);
    const { rows } = await pool.query<{ wrapped: Buffer }>(`SELECT wrapped FROM keyring WHERE name = $1`, [name]);
    const [row] = rows;
    if (!row) throw new Error(`the table keyring has no row ${name}`);
    return { key: wrapping.unwrap(row.wrapped), by: wrappedBy(row.wrapped) };
  };
  const address = await ownKey("address");
  wrapping.use(address.by);
  const staff = await ownKey("staff");
  return {
    wrap: (dataKey) => wrapping.wrap(dataKey),
    unwrap: wrapping.unwrap,
    hashAddress: (channel, account, text) =>
      createHmac("sha256", address.key).update(`${channel}\n${account}\n${text}`).digest(),
    staffKey: staff.key,
    wrapping,
  };
}
