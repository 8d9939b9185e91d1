import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";

/** A key for AES-256-GCM. As bytes it would be made into such an object again for each box, at ten times a box's cost. */
export type Key = KeyObject;

/** Makes a key of its 32 bytes. */
export function toKey(bytes: Uint8Array): Key {
  return createSecretKey(bytes);
}

const nonceBytes = 12;
const tagBytes = 16;

// A fresh random value per box from one larger draw: a call into the operating system for each costs more than the sealing.
let nonces = Buffer.alloc(0);
let used = 0;
function nonce(): Buffer {
  if (used + nonceBytes > nonces.length) {
    nonces = randomBytes(nonceBytes * 512);
    used = 0;
  }
  used += nonceBytes;
  return nonces.subarray(used - nonceBytes, used);
}

/**
 * Seals text with AES-256-GCM (NIST SP 800-38D): nonce (12 bytes), tag (16), ciphertext. `where` names the column and
 * row that the box belongs to; a box moved elsewhere does not open.
 */
export function seal(key: Key, where: string, text: string): Buffer {
  const iv = nonce();
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(where));
  const body = cipher.update(text, "utf8");
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Opens a box of `seal`. Throws without naming the content if the key, the place or a byte is wrong. */
export function unseal(key: Key, where: string, box: Uint8Array): string {
  const bytes = Buffer.from(box.buffer, box.byteOffset, box.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(where));
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8");
  try {
    return text + decipher.final("utf8");
  } catch (cause) {
    throw new Error(`opening a sealed value of ${where.split(":")[0]}`, { cause });
  }
}
