import type { Pool } from "pg";

/** How long an open case waits: up to so many days, or longer. */
export const waitingDays = [1, 3, 7, 14] as const;

/** Counts of cases that are not erased, by what is plain in their rows. Codes to numbers; what is not named is none. */
export interface CaseFigures {
  /** Team, a blank, municipality; `nord -` where there is no municipality. */
  places: Counts;
  needs: Counts;
  languages: Counts;
  /** `open_1`, `open_3` ..., `open_more`, `claimed`, `closed`. */
  standings: Counts;
}
export type Counts = { [key: string]: number };

/**
 * Counts the cases that came in before a moment, and how long those waited at that moment that are open. Figures that
 * rose with each new case at once would tell of a person.
 */
export async function countFigures(pool: Pool, before: Date): Promise<CaseFigures> {
  const count = async (key: string, from = "case_file") => {
    const { rows } = await pool.query<{ key: string; count: number }>(
      `SELECT ${key} AS key, count(*)::int AS count FROM ${from}
       WHERE status <> 'erased' AND submitted_at < $1 GROUP BY 1`,
      [before],
    );
    return Object.fromEntries(rows.map((row) => [row.key, row.count]));
  };
  const steps = waitingDays.map(
    (days) => `WHEN submitted_at > $1::timestamptz - interval '${days} days' THEN 'open_${days}'`,
  );
  const [places, needs, languages, standings] = await Promise.all([
    count(`team || ' ' || coalesce(municipality, '-')`),
    count("need", "case_file CROSS JOIN unnest(needs) AS need"),
    count("language"),
    count(`CASE WHEN status <> 'open' THEN status ${steps.join(" ")} ELSE 'open_more' END`),
  ]);
  return { places, needs, languages, standings };
}

/** How many people agreed to be told about naturalisation before a moment and may still be written to, by language. */
export async function countNaturalisation(pool: Pool, before: Date): Promise<Counts> {
  const { rows } = await pool.query<{ key: string; count: number }>(
    `SELECT coalesce(s.language, 'de') AS key, count(*)::int AS count FROM session s
     WHERE s.silent IS NULL AND s.erase_at IS NULL AND 'given' = (
       SELECT state FROM agreement a WHERE a.contact_id = s.contact_id AND a.purpose = 'naturalisation'
       ORDER BY at DESC, id DESC LIMIT 1)
     AND NOT EXISTS (
       SELECT FROM agreement a WHERE a.contact_id = s.contact_id AND a.purpose = 'naturalisation' AND a.state = 'given'
       HAVING min(a.at) >= $1)
     GROUP BY 1`,
    [before],
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.count]));
}
