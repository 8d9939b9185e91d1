import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import type { FileContent } from "../domain/prompt.ts";
import type { Keyring } from "./keyring.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** A file to be kept until it is sent or fetched. */
export interface NewFile {
  contactId: string;
  dataKey: Key;
  name: string;
  type: string;
  text: string;
  language: string;
  hours: number;
  /** It is fetched by a link instead of sent. */
  fetched: boolean;
}

/** Keeps a file, sealed. The token, of which only the hash is kept, opens it once. */
export async function keepFile(client: ClientBase, file: NewFile): Promise<{ id: string; token?: string }> {
  const id = randomUUID();
  const token = file.fetched ? randomBytes(32).toString("base64url") : undefined;
  await client.query(
    `INSERT INTO file (id, contact_id, name, type, language, body, token_hash, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8))`,
    [
      id,
      file.contactId,
      file.name,
      file.type,
      file.language,
      seal(file.dataKey, placeOf(id), file.text),
      token === undefined ? null : hashOf(token),
      file.hours,
    ],
  );
  return { id, ...(token !== undefined && { token }) };
}

interface Row {
  id: string;
  name: string;
  type: string;
  body: Buffer;
  data_key: Buffer;
}

/** Opens a file to be sent; undefined once it is sent, erased or too old. */
export async function openFile(pool: Pool, keyring: Keyring, id: string): Promise<FileContent | undefined> {
  const { rows } = await pool.query<Row>(
    `SELECT f.id, f.name, f.type, f.body, c.data_key FROM file f JOIN contact c ON c.id = f.contact_id
      WHERE f.id = $1 AND f.used_at IS NULL AND f.expires_at > now()`,
    [id],
  );
  return toContent(keyring, rows[0]);
}

/** Forgets a file that was sent. */
export async function forgetFile(pool: Pool, id: string): Promise<void> {
  await pool.query(`DELETE FROM file WHERE id = $1`, [id]);
}

/** What a token stands for, without using it up: undefined where nothing is known of it. */
export async function lookForFile(
  pool: Pool,
  token: string,
): Promise<{ language: string; ready: boolean } | undefined> {
  const { rows } = await pool.query<{ language: string; ready: boolean }>(
    `SELECT language, used_at IS NULL AND expires_at > now() AS ready FROM file WHERE token_hash = $1`,
    [hashOf(token)],
  );
  return rows[0];
}

/** Gives a file to whoever has its token, once: of two at the same time one gets it. The content is gone then. */
export async function takeFile(pool: Pool, keyring: Keyring, token: string): Promise<FileContent | undefined> {
  const { rows } = await pool.query<Row>(
    `WITH found AS (
       SELECT f.id, f.name, f.type, f.body, c.data_key FROM file f JOIN contact c ON c.id = f.contact_id
        WHERE f.token_hash = $1 AND f.used_at IS NULL AND f.expires_at > now() FOR UPDATE OF f
     ), used AS (
       UPDATE file f SET used_at = now(), body = '' FROM found WHERE f.id = found.id
     ) SELECT * FROM found`,
    [hashOf(token)],
  );
  return toContent(keyring, rows[0]);
}

function toContent(keyring: Keyring, row: Row | undefined): FileContent | undefined {
  if (!row) return undefined;
  const text = unseal(keyring.unwrap(row.data_key), placeOf(row.id), row.body);
  return { name: row.name, type: row.type, data: Buffer.from(text) };
}

function placeOf(id: string): string {
  return `file:${id}`;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
