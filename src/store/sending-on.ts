import type { Pool, PoolClient } from "pg";
import { staffedTeams } from "../domain/cover.ts";
import type { Priority } from "../domain/prompt.ts";
import { sendsOnTo, sentOnFacts } from "../domain/team.ts";
import { addEvent } from "./case-events.ts";
import type { Surroundings } from "./escalations.ts";
import type { Moving } from "./stand-ins.ts";

/** Open cases of teams in which nobody is at work; none while that holds for all teams. */
export async function strandedCases(
  pool: Pool,
  { staff, day }: Pick<Surroundings, "staff" | "day">,
): Promise<string[]> {
  const staffed = [...staffedTeams(staff, day)];
  if (staffed.length === 0) return [];
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM case_file WHERE status = 'open' AND NOT team = ANY ($1) ORDER BY submitted_at LIMIT 1000`,
    [staffed],
  );
  return rows.map((row) => row.id);
}

/**
 * Sends a case of a team without anybody at work on to the next one, within the caller's transaction.
 *
 * @returns the lanes to be sent after the commit; undefined where it stays
 */
export async function sendOn(client: PoolClient, id: string, around: Moving): Promise<string[] | undefined> {
  const { place, staff, day, now } = around;
  const { rows } = await client.query<{
    code: string;
    team: string;
    municipality: string | null;
    priority: Priority;
    submittedAt: Date;
  }>(
    `SELECT code, team, municipality, priority, submitted_at AS "submittedAt" FROM case_file
      WHERE id = $1 AND status = 'open' FOR NO KEY UPDATE`,
    [id],
  );
  const [found] = rows;
  const team = found && sendsOnTo(place, found, staffedTeams(staff, day));
  if (!found || team === undefined) return undefined;
  await client.query(`UPDATE case_file SET team = $2, version = version + 1 WHERE id = $1`, [id, team]);
  await client.query(`UPDATE case_file SET escalate_from = $2 WHERE id = $1`, [id, new Date(now)]);
  await addEvent(client, { caseId: id, at: now, kind: "sent_on", facts: sentOnFacts(place, found.team, team) });
  const { code, municipality, priority, submittedAt } = found;
  const about = { caseId: id, code, municipality, priority, submittedAt: submittedAt.getTime() };
  const cards = await around.writeCards(client, { caseId: id, team });
  const news = { kind: "sent_on" as const, to: { team }, about, facts: { team: found.team }, at: now };
  return [...cards, ...(await around.tell(client, news))];
}
