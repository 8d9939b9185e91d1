import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";

/** Something that may not be found: a word, an address, an id. */
export interface Needle {
  name: string;
  value: string;
}

/** Where a needle was found: `schema.table.column`, or a file below the folder that was searched. */
export interface Hit {
  where: string;
  needle: string;
}

/**
 * The ways in which a value may stand in a row, a file or a line of the log, in small letters: as it is, escaped as in
 * JSON, its bytes in hexadecimal digits as PostgreSQL shows them, in base64 at each of the three offsets, and a UUID as
 * its 16 bytes.
 */
export function formsOf({ value }: Needle): string[] {
  const bytes = Buffer.from(value);
  const forms = [value.toLowerCase(), JSON.stringify(value).slice(1, -1), bytes.toString("hex")];
  forms.push([...value].map((sign) => (sign > "\x7f" ? toEscape(sign) : sign)).join(""));
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) forms.push(value.replaceAll("-", ""));
  // Of base64 only what does not depend on what stands before and after it.
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const inner = text.slice(offset === 0 ? 0 : offset + 1, -2);
    if (inner.length >= 10) forms.push(inner);
  }
  return [...new Set(forms.map((form) => form.toLowerCase()))];
}

function toEscape(sign: string): string {
  return [...new Array(sign.length).keys()]
    .map((index) => `\\u${sign.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Searches every column of every table of every schema, whatever its type. */
export async function searchDatabase(pool: Pool, needles: Needle[]): Promise<Hit[]> {
  const names = needles.flatMap((needle) => formsOf(needle).map((form) => ({ name: needle.name, form })));
  const hits: Hit[] = [];
  for (const { table, column, where } of await columnsOf(pool)) {
    const { rows } = await pool.query<{ form: string }>(
      `SELECT n.form FROM unnest($1::text[]) AS n(form)
        WHERE EXISTS (SELECT FROM ${table} t WHERE strpos(lower(t.${column}::text), n.form) > 0)`,
      [names.map(({ form }) => form)],
    );
    const found = new Set(rows.map((row) => row.form));
    for (const name of new Set(names.filter(({ form }) => found.has(form)).map((one) => one.name)))
      hits.push({ where, needle: name });
  }
  return hits;
}

/** Writes every row of every table into a folder: what a fresh database of the same content would have in its files. */
export async function dumpDatabase(pool: Pool, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tables = new Map((await columnsOf(pool)).map(({ table, where }) => [table, where.replace(/\.[^.]*$/, "")]));
  for (const [table, name] of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    await writeFile(join(folder, name), rows.map(({ row }) => `${row}\n`).join(""));
  }
}

/** Searches all files below a folder, as text and as bytes. */
export async function searchFiles(folder: string, needles: Needle[]): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const where = path.slice(folder.length + 1);
    hits.push(...searchText(where, bytes.toString("utf8"), needles));
    const raw = needles.filter(({ value }) => /^[0-9a-f]{8}-/.test(value));
    hits.push(
      ...raw
        .filter(({ value }) => bytes.includes(Buffer.from(value.replaceAll("-", ""), "hex")))
        .map((needle) => ({ where, needle: needle.name })),
    );
  }
  return hits;
}

/** Searches a text, such as the log. */
export function searchText(where: string, text: string, needles: Needle[]): Hit[] {
  const small = text.toLowerCase();
  return needles
    .filter((needle) => formsOf(needle).some((form) => small.includes(form)))
    .map(({ name }) => ({ where, needle: name }));
}

async function columnsOf(pool: Pool): Promise<{ table: string; column: string; where: string }[]> {
  const { rows } = await pool.query<{ table: string; column: string; where: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table, quote_ident(a.attname) AS column,
        concat_ws('.', n.nspname, c.relname, a.attname) AS where
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
      ORDER BY 1, a.attnum`,
  );
  return rows;
}
