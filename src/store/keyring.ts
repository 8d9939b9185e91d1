import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { type Key, toKey } from "./seal.ts";

/** The keys of a running service: what `ENCRYPTION_KEY` wraps, and the service's own keys. */
export interface Keyring {
  /** Wraps a contact's data key: key id (4 bytes), nonce, tag, ciphertext. */
  wrap(dataKey: Key): Buffer;
  unwrap(wrapped: Uint8Array): Key;
  /** The same for the same address, and useless without the key. */
  hashAddress(channel: string, account: string, address: string): Buffer;
  /** Seals what is kept of staff. */
  staffKey: Key;
}

/** Makes the data key of a new contact or room. */
export function newDataKey(): Key {
  return toKey(randomBytes(32));
}

/**
 * Opens the keyring with the key of the settings, making the service's own keys at the first start. Fails with a sentence
 * for the administrator when the key is not the one that this database was sealed with.
 */
export async function openKeyring(pool: Pool, encryptionKey: Buffer): Promise<Keyring> {
  const { wrap, unwrap } = wrapping(encryptionKey);
  const ownKey = async (name: "address" | "staff") => {
    await pool.query(`INSERT INTO keyring (name, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      name,
      wrap(newDataKey()),
    ]);
    const { rows } = await pool.query<{ wrapped: Buffer }>(`SELECT wrapped FROM keyring WHERE name = $1`, [name]);
    const [row] = rows;
    if (!row) throw new Error(`the table keyring has no row ${name}`);
    return unwrap(row.wrapped);
  };
  const addressKey = await ownKey("address");
  const staffKey = await ownKey("staff");
  return {
    wrap,
    unwrap,
    hashAddress: (channel, account, address) =>
      createHmac("sha256", addressKey).update(`${channel}\n${account}\n${address}`).digest(),
    staffKey,
  };
}

function wrapping(bytes: Buffer): Pick<Keyring, "wrap" | "unwrap"> {
  const id = createHash("sha256").update(bytes).digest().subarray(0, 4);
  const key = toKey(bytes);
  return {
    wrap(dataKey) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const body = Buffer.concat([cipher.update(dataKey.export()), cipher.final()]);
      return Buffer.concat([id, iv, cipher.getAuthTag(), body]);
    },
    unwrap(wrapped) {
      const box = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength);
      if (!box.subarray(0, 4).equals(id))
        throw new Error("ENCRYPTION_KEY is not the key that this database was sealed with");
      const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(4, 16), { authTagLength: 16 });
      decipher.setAuthTag(box.subarray(16, 32));
      return toKey(Buffer.concat([decipher.update(box.subarray(32)), decipher.final()]));
    },
  };
}
