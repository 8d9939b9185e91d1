import type { ClientBase } from "pg";
import { blankCases, deleteReferring, dropJobs } from "./erase-rows.ts";

/** Tables with a case's rows that are not deleted: the card has to be replaced, the history is cut instead. */
const keptOfCase = ["card", "case_event"];
/** What the history of an erased case still tells, without words and facts. */
const keptEvents = ["submitted", "claimed", "closed", "erased", "expired"];

/**
 * Erases the content of cases that the caller has locked: answers, everything that refers to them, jobs, what their rows
 * say, and words and facts of their history. Code, team and times stay; overviews of a day no longer name the code. `why` goes into the history: the person asked for
 * it, or the period is over.
 */
export async function eraseCases(client: ClientBase, ids: string[], why: "erased" | "expired"): Promise<void> {
  if (ids.length === 0) return;
  await deleteReferring(client, "case_file", ids, keptOfCase);
  await client.query(`DELETE FROM case_event WHERE case_id = ANY ($1) AND kind <> ALL ($2)`, [ids, keptEvents]);
  await client.query(`UPDATE case_event SET facts = NULL, words = NULL, by_id = NULL WHERE case_id = ANY ($1)`, [ids]);
  await client.query(
    `UPDATE staff_notice n SET facts = n.facts - 'oldest' FROM case_file f
      WHERE f.id = ANY ($1) AND n.kind = 'digest' AND n.facts->>'oldest' = f.code`,
    [ids],
  );
  await blankCases(client, ids);
  if (why === "expired") await client.query(`UPDATE case_file SET outcome = 'expired' WHERE id = ANY ($1)`, [ids]);
  await client.query(`UPDATE session SET talking = NULL WHERE talking = ANY ($1)`, [ids]);
  await dropJobs(client, ids);
  for (const id of ids)
    await client.query(
      `INSERT INTO case_event (case_id, version, at, kind) SELECT id, version, now(), $2 FROM case_file WHERE id = $1`,
      [id, why],
    );
  await client.query(`INSERT INTO erased (subject, subject_id) SELECT 'case', unnest($1::uuid[])`, [ids]);
}
