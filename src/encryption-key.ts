import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads the keys of the embedded database from `encryption.key` below `dataDir`, a line each, the newest first, and makes
 * one at the first start (32 random bytes, in base64, readable by its owner only). To be called before the database is
 * made: throws when there is a database but no key, as a new key could read nothing of it.
 */
export async function keepEncryptionKeys(dataDir: string): Promise<Buffer[]> {
  const path = pathOf(dataDir);
  if (!existsSync(path)) await makeKey(dataDir, path);
  const keys = (await readFile(path, "utf8"))
    .split(/[\s,]+/)
    .flatMap((text) => (text ? Buffer.from(text, "base64") : []));
  if (keys.length === 0 || keys.some((key) => key.length !== 32))
    throw new Error(`${path} does not hold 32 bytes in base64. Restore it from a backup.`);
  return keys;
}

/** Replaces the keys of the embedded database, whole or not at all. Running processes keep those that they know. */
export async function writeEncryptionKeys(dataDir: string, keys: Buffer[]): Promise<void> {
  const draft = await writeDraft(pathOf(dataDir), keys);
  await rename(draft, pathOf(dataDir));
  const folder = await open(dataDir);
  await folder.sync();
  await folder.close();
}

function pathOf(dataDir: string): string {
  return join(dataDir, "encryption.key");
}

async function writeDraft(path: string, keys: Buffer[]): Promise<string> {
  const draft = `${path}.${randomBytes(4).toString("hex")}`;
  const text = keys.map((key) => `${key.toString("base64")}\n`).join("");
  await writeFile(draft, text, { mode: 0o600, flush: true });
  return draft;
}

async function makeKey(dataDir: string, path: string): Promise<void> {
  if (existsSync(join(dataDir, "postgres"))) {
    throw new Error(`There is a database below ${dataDir}, but ${path} is missing. Restore it, or set ENCRYPTION_KEY.`);
  }
  // Open to pass through, because PostgreSQL may run as another user; what lies in it is closed by its own rights.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const draft = await writeDraft(path, [randomBytes(32)]);
  try {
    // Unlike a rename, it never replaces the key of a process that was faster.
    await link(draft, path);
  } catch (cause) {
    if (!existsSync(path)) throw cause;
  } finally {
    await rm(draft);
  }
}
