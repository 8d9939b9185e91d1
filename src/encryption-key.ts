import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads the key of the embedded database from `encryption.key` below `dataDir`, and makes it at the first start (32
 * random bytes, in base64, readable by its owner only). To be called before the database is made: throws when there is
 * a database but no key, as a new key could read nothing of it.
 */
export async function keepEncryptionKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, "encryption.key");
  if (!existsSync(path)) await makeKey(dataDir, path);
  const key = Buffer.from(await readFile(path, "utf8"), "base64");
  if (key.length !== 32) throw new Error(`${path} does not hold 32 bytes in base64. Restore it from a backup.`);
  return key;
}

async function makeKey(dataDir: string, path: string): Promise<void> {
  if (existsSync(join(dataDir, "postgres"))) {
    throw new Error(`There is a database below ${dataDir}, but ${path} is missing. Restore it, or set ENCRYPTION_KEY.`);
  }
  // Open to pass through, because PostgreSQL may run as another user; what lies in it is closed by its own rights.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const draft = `${path}.${randomBytes(4).toString("hex")}`;
  await writeFile(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flush: true });
  try {
    // Unlike a rename, it never replaces the key of a process that was faster.
    await link(draft, path);
  } catch (cause) {
    if (!existsSync(path)) throw cause;
  } finally {
    await rm(draft);
  }
}
