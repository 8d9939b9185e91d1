import type { ClientBase } from "pg";

/**
 * Deletes the rows of all tables that refer to a table's rows by a foreign key, but for the tables in `kept`. Taken from
 * the database's own catalogue, so that a table made tomorrow is erased, too.
 */
export async function deleteReferring(
  client: ClientBase,
  table: "contact" | "case_file",
  ids: string[],
  kept: string[],
): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT c.conrelid::regclass::text AS table, quote_ident(a.attname) AS column FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = $1::regclass AND cardinality(c.conkey) = 1
        AND c.conrelid::regclass::text <> ALL ($2) ORDER BY 1, 2`,
    [table, kept],
  );
  // One statement: between them the tables may refer to each other, which is looked at when it ends.
  const steps = rows.map((row, index) => `t${index} AS (DELETE FROM ${row.table} WHERE ${row.column} = ANY ($1))`);
  if (steps.length > 0) await client.query(`WITH ${steps.join(", ")} SELECT`, [ids]);
}

/** What is left of a case's own row: enough to say at its code that it was erased. */
const keptOfCase = ["id", "code", "team", "submitted_at", "due_on", "status", "version"];
/** Columns that can't be empty. */
const blanks: { [column: string]: string } = {
  for_whom: "'self'",
  language: "'de'",
  needs: "'{}'",
  priority: "'normal'",
};

/** Empties the rows of cases, every column but those that are named above: also one that is made tomorrow. */
export async function blankCases(client: ClientBase, ids: string[]): Promise<void> {
  const { rows } = await client.query<{ name: string; column: string; nullable: boolean }>(
    `SELECT attname AS name, quote_ident(attname) AS column, NOT attnotnull AS nullable FROM pg_attribute
      WHERE attrelid = 'case_file'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL ($1)`,
    [keptOfCase],
  );
  const settings = rows.map(({ name, column, nullable }) => {
    return `${column} = ${blanks[name] ?? (nullable ? "NULL" : "DEFAULT")}`;
  });
  await client.query(
    `UPDATE case_file SET ${settings.join(", ")}, status = 'erased', version = version + 1 WHERE id = ANY ($1)`,
    [ids],
  );
}

/** Takes back jobs whose payload names one of the ids. One that is running ends by itself, and finds nothing. */
export async function dropJobs(client: ClientBase, ids: string[]): Promise<void> {
  // graphile-worker makes its tables when it first runs.
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) return;
  await client.query(
    `DELETE FROM graphile_worker._private_jobs j USING unnest($1::text[]) AS gone(id)
      WHERE strpos(j.payload::text || coalesce(j.key, ''), gone.id) > 0`,
    [ids],
  );
}
