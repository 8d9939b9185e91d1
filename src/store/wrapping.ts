import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { type Key, toKey } from "./seal.ts";

/** Says what is wrong with the keys of the settings; for the administrator, who can do something about it. */
export class KeyError extends Error {
  override name = "KeyError";
}

/** The keys of `ENCRYPTION_KEY` at work: one wraps, all unwrap. Keys are told apart by their ids, which tell nothing of them. */
export interface Wrapping {
  /** Wraps a data key, by the active key unless another one is named: key id (4 bytes), nonce, tag, ciphertext. */
  wrap(dataKey: Key, by?: string): Buffer;
  unwrap(wrapped: Uint8Array): Key;
  /** Ids of the keys, in the order of the settings: the first is the one that shall wrap. */
  ids(): string[];
  /** The one that wraps now. */
  active(): string;
  /** From now on wraps with this one. */
  use(id: string): void;
  /** From now on does not read what this one wrapped. */
  ignore(id: string): void;
}

/** The id of a key, in hexadecimal digits. */
export function keyIdOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 8);
}

/** The id of the key that wrapped a box. */
export function wrappedBy(wrapped: Uint8Array): string {
  return Buffer.from(wrapped.buffer, wrapped.byteOffset, 4).toString("hex");
}

/** Puts the keys of the settings to work; the first one wraps until told otherwise. */
export function startWrapping(encryptionKeys: Buffer[]): Wrapping {
  const keys = new Map(encryptionKeys.map((bytes) => [keyIdOf(bytes), toKey(bytes)]));
  const [first = ""] = keys.keys();
  let active = first;
  const find = (id: string) => {
    const key = keys.get(id);
    if (key) return key;
    throw new KeyError(
      `ENCRYPTION_KEY is not the key that this database was sealed with: key ${id} is missing, here is ${[...keys.keys()].join(", ")}`,
    );
  };
  return {
    wrap(dataKey, by = active) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", find(by), iv);
      const body = Buffer.concat([cipher.update(dataKey.export()), cipher.final()]);
      return Buffer.concat([Buffer.from(by, "hex"), iv, cipher.getAuthTag(), body]);
    },
    unwrap(wrapped) {
      const key = find(wrappedBy(wrapped));
      const box = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength);
      const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(4, 16), { authTagLength: 16 });
      decipher.setAuthTag(box.subarray(16, 32));
      return toKey(Buffer.concat([decipher.update(box.subarray(32)), decipher.final()]));
    },
    ids: () => [...keys.keys()],
    active: () => active,
    use(id) {
      find(id);
      active = id;
    },
    ignore(id) {
      if (id !== active) keys.delete(id);
    },
  };
}
