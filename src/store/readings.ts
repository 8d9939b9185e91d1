import type { ClientBase, Pool } from "pg";

/** The parts of a case that may be read by themselves. */
export const caseParts = ["answers", "proposals", "talk", "print", "referral", "export"] as const;
export type CasePart = (typeof caseParts)[number];

/** What a person is told of a reading; without the name of whoever does not show theirs. */
export interface PersonReading {
  at: Date;
  name: string | null;
  /** Team of whoever read it. */
  team: string | null;
  part: CasePart;
  code: string;
}

/** What an administrator sees of a reading: which case it was only as a number that leads nowhere. */
export interface LoggedReading {
  at: Date;
  lastAt: Date;
  name: string;
  part: CasePart;
  /** The start of the case's id. */
  number: string;
}

export const readingsPerPage = 100;

// An open page brings itself up to date, and who comes back after a moment reads on.
const sameReadingMinutes = 10;

/** Notes that somebody reads parts of a case. To be called before they are shown: nothing is read without. */
export async function recordReading(
  pool: Pool,
  { caseId, by, parts, at }: { caseId: string; by: { id: string; name: string }; parts: CasePart[]; at: Date },
): Promise<void> {
  await pool.query(
    `WITH again AS (
       UPDATE reading SET last_at = $5 WHERE case_id = $1 AND staff_id = $2 AND part = ANY ($4)
         AND last_at > $5::timestamptz - make_interval(mins => $6) RETURNING part
     )
     INSERT INTO reading (case_id, staff_id, name, part, at, last_at)
     SELECT $1, $2, $3, part, $5, $5 FROM unnest($4::text[]) AS part WHERE part NOT IN (SELECT part FROM again)`,
    [caseId, by.id, by.name, parts, at, sameReadingMinutes],
  );
}

/** Who read the cases of a contact, the latest first. */
export async function readingsOfContact(pool: Pool | ClientBase, contactId: string): Promise<PersonReading[]> {
  const { rows } = await pool.query<PersonReading>(
    `SELECT r.at, CASE WHEN s.show_name THEN r.name END AS name, s.team, r.part, c.code
     FROM reading r JOIN case_file c ON c.id = r.case_id JOIN staff s ON s.id = r.staff_id
     WHERE c.contact_id = $1 ORDER BY r.at DESC, r.part`,
    [contactId],
  );
  return rows;
}

/** One page (from 0) of all readings, or of those of one case, the latest first; with how many there are. */
export async function listReadings(
  pool: Pool,
  { page, code }: { page: number; code?: string | undefined },
): Promise<{ count: number; readings: LoggedReading[] }> {
  const condition = `$1::text IS NULL OR r.case_id IN (SELECT id FROM case_file WHERE code = $1)`;
  const counted = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM reading r WHERE ${condition}`,
    [code ?? null],
  );
  const { rows } = await pool.query<LoggedReading>(
    `SELECT r.at, r.last_at AS "lastAt", r.name, r.part, left(r.case_id::text, 8) AS number
     FROM reading r WHERE ${condition} ORDER BY r.at DESC, r.id LIMIT $2 OFFSET $3`,
    [code ?? null, readingsPerPage, page * readingsPerPage],
  );
  return { count: counted.rows[0]?.count ?? 0, readings: rows };
}
