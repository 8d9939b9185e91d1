import type { Pool, PoolClient } from "pg";
import { type Colleague, coverOf } from "../domain/cover.ts";
import { type EscalationFacts, type EscalationStep, escalate } from "../domain/escalation.ts";
import type { News } from "../domain/news.ts";
import type { Place } from "../domain/place.ts";
import type { Priority } from "../domain/prompt.ts";
import { sentOnFacts, teamsFor } from "../domain/team.ts";
import { addEvent } from "./case-events.ts";
import { staffIdOf } from "./colleagues.ts";

/** Tells staff something within the caller's transaction; answers the lanes that have it, to be sent after the commit. */
export type Tell = (client: PoolClient, news: News) => Promise<string[]>;

/** What a look at a case needs to know. */
export interface Surroundings {
  place: Place;
  staff: Colleague[];
  /** Calendar day in Berlin, and the moment (ms). */
  day: string;
  now: number;
  tell: Tell;
}

// Whoever took the agreement back waits for nothing any more, but perhaps for a call, which is an agreement of its own.
const waits = `status IN ('open', 'claimed') AND (withdrawn_at IS NULL OR call_asked_at IS NOT NULL)`;

/** Cases that wait for somebody and are due to be looked at: those whose time has come, then new and moved ones. */
export async function dueCases(pool: Pool, now: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM case_file WHERE ${waits} AND (escalate_at IS NULL OR escalate_at <= $1)
      ORDER BY escalate_at NULLS LAST LIMIT 5000`,
    [new Date(now)],
  );
  return rows.map((row) => row.id);
}

/**
 * Looks at one case within the caller's transaction: tells whoever is next if that is due, and notes when to look again.
 * A case that somebody else is just working on is left to the next sweep.
 *
 * @returns the lanes to be sent after the commit; undefined where nobody was told
 */
export async function escalateCase(
  client: PoolClient,
  id: string,
  around: Surroundings,
): Promise<string[] | undefined> {
  const { place, staff, day, now } = around;
  const found = await lockCase(client, id, now);
  if (!found) return undefined;
  await noteSentOn(client, found, around);
  const claimer = staffIdOf(found.claimedById);
  const cover = claimer === undefined ? undefined : coverOf(staff, claimer, day);
  const facts: EscalationFacts = {
    ...found,
    claimerKnown: staff.some((one) => one.id === claimer && !one.hasEnded),
    covered: cover !== undefined,
  };
  const due = escalate(place, facts, now);
  if (due.type !== "step") {
    await client.query(`UPDATE case_file SET escalate_at = $2 WHERE id = $1`, [
      id,
      due.type === "wait" ? new Date(due.until) : never,
    ]);
    return undefined;
  }
  const { step } = due;
  const after = escalate(place, { ...facts, escalated: step.number, escalateFrom: now }, now);
  const elsewhere = step.to.type === "team" && step.to.team !== found.team ? [step.to.team] : [];
  await client.query(
    `UPDATE case_file SET escalated = $2, escalate_from = $3, escalate_at = $4, told_teams = told_teams || $5::text[]
      WHERE id = $1`,
    [id, step.number, new Date(now), after.type === "wait" ? new Date(after.until) : never, elsewhere],
  );
  return tellOf(client, found, step, { claimer, cover: cover?.id, tell: around.tell, now });
}

// Far enough; PostgreSQL's infinity is no date elsewhere. A case that moves is looked at anew.
const never = new Date("9999-12-31T00:00Z");

interface Found extends Omit<EscalationFacts, "claimerKnown" | "covered"> {
  id: string;
  code: string;
  claimedBy: string | null;
  claimedById: string | null;
  isNew: boolean;
}

async function lockCase(client: PoolClient, id: string, now: number): Promise<Found | undefined> {
  const { rows } = await client.query(
    `SELECT id, code, status, team, municipality, priority, submitted_at, claimed_at, last_person_at, last_staff_at,
        escalated, escalate_from, claimed_by, claimed_by_id, escalate_at IS NULL AND escalate_from IS NULL AS is_new
      FROM case_file
      WHERE id = $1 AND ${waits} AND (escalate_at IS NULL OR escalate_at <= $2)
      FOR NO KEY UPDATE SKIP LOCKED`,
    [id, new Date(now)],
  );
  const [row] = rows;
  if (!row) return undefined;
  const ms = (at: Date | null) => at?.getTime() ?? null;
  return {
    id,
    code: row.code,
    status: row.status,
    team: row.team,
    municipality: row.municipality,
    priority: row.priority as Priority,
    submittedAt: row.submitted_at.getTime(),
    claimedAt: ms(row.claimed_at),
    lastPersonAt: ms(row.last_person_at),
    lastStaffAt: ms(row.last_staff_at),
    escalated: row.escalated,
    escalateFrom: ms(row.escalate_from),
    claimedBy: row.claimed_by,
    claimedById: row.claimed_by_id,
    isNew: row.is_new,
  };
}

/** A case that was sent to another team than its municipality's from the start says so in its history. */
async function noteSentOn(client: PoolClient, found: Found, { place }: Surroundings): Promise<void> {
  const [home] = teamsFor(place, found.municipality);
  if (!found.isNew || home === undefined || home === found.team) return;
  const facts = sentOnFacts(place, home, found.team);
  await addEvent(client, { caseId: found.id, at: found.submittedAt, kind: "sent_on", facts });
}

async function tellOf(
  client: PoolClient,
  found: Found,
  { to, why }: EscalationStep,
  { claimer, cover, tell, now }: { claimer: string | undefined; cover: string | undefined; tell: Tell; now: number },
): Promise<string[]> {
  const { id: caseId, code, municipality, priority, submittedAt, team, claimedBy } = found;
  const staff = to.type === "claimer" ? claimer : to.type === "cover" ? cover : undefined;
  const told = to.type === "team" ? to.team : team;
  await addEvent(client, {
    caseId,
    at: now,
    kind: `escalated_${to.type}`,
    facts: { why, ...(to.type === "team" && { team: told }) },
  });
  return tell(client, {
    kind: why === "unclaimed" && told !== team ? "unclaimed_elsewhere" : why,
    to: staff === undefined ? { team: told } : { staff },
    about: { caseId, code, municipality, priority, submittedAt },
    facts: { team, ...(claimedBy !== null && { name: claimedBy }) },
    at: now,
  });
}
