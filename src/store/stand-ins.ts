import type { Pool, PoolClient } from "pg";
import { type Colleague, coverOf, isPresent } from "../domain/cover.ts";
import type { News } from "../domain/news.ts";
import type { Priority } from "../domain/prompt.ts";
import { addEvent } from "./case-events.ts";
import { claimerId, staffIdOf } from "./colleagues.ts";
import type { Surroundings, Tell } from "./escalations.ts";

/** Cards of a case that changed hands, for the rooms of its team; answers their lanes. */
export type WriteCards = (client: PoolClient, news: { caseId: string; team: string }) => Promise<string[]>;

export interface Moving extends Surroundings {
  writeCards: WriteCards;
}

/** Cases whose holder is not there, and cases that wait for somebody who is back. */
export async function casesToMove(pool: Pool, { staff, day }: Pick<Surroundings, "staff" | "day">): Promise<string[]> {
  const present = staff.filter((one) => isPresent(one, day)).map((one) => one.id);
  const known = staff.map((one) => one.id);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM case_file
      WHERE (status = 'claimed' AND claimed_by_id = ANY ($1) AND NOT claimed_by_id = ANY ($2))
        OR (status IN ('open', 'claimed') AND covered_for = ANY ($3::uuid[]))
      ORDER BY submitted_at LIMIT 1000`,
    [known.map(claimerId), present.map(claimerId), present],
  );
  return rows.map((row) => row.id);
}

/**
 * Gives a case to whoever shall have it, within the caller's transaction: back to whom it was covered for once they
 * are there, to the cover while its holder is not, and without a cover to the team. The holder stays the person's
 * contact, unless they have left for good.
 *
 * @returns the lanes to be sent after the commit; undefined where the case is right already
 */
export async function moveCase(client: PoolClient, id: string, around: Moving): Promise<string[] | undefined> {
  const found = await lockCase(client, id);
  if (!found) return undefined;
  const { staff, day } = around;
  const back = staff.find((one) => one.id === found.coveredFor && isPresent(one, day));
  if (back) return giveBack(client, found, back, around);
  const holder = staff.find((one) => one.id === staffIdOf(found.claimedById));
  if (found.status !== "claimed" || !holder || isPresent(holder, day)) return undefined;
  const cover = coverOf(staff, holder.id, day);
  // Who has it for somebody else passes it on in their name.
  const covered = found.coveredFor ?? (holder.hasEnded ? null : holder.id);
  return cover
    ? giveToCover(client, found, { holder, cover, covered }, around)
    : giveToTeam(client, found, { holder, covered }, around);
}

interface Found {
  id: string;
  code: string;
  status: "open" | "claimed";
  team: string;
  municipality: string | null;
  priority: Priority;
  submittedAt: Date;
  claimedById: string | null;
  coveredFor: string | null;
}

async function lockCase(client: PoolClient, id: string): Promise<Found | undefined> {
  const { rows } = await client.query<Found>(
    `SELECT id, code, status, team, municipality, priority, submitted_at AS "submittedAt",
        claimed_by_id AS "claimedById", covered_for AS "coveredFor"
      FROM case_file WHERE id = $1 AND status IN ('open', 'claimed') FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0];
}

async function giveBack(client: PoolClient, found: Found, back: Colleague, around: Moving): Promise<string[]> {
  const team = back.team ?? found.team;
  await setHolder(client, found.id, { holder: back, team, covered: null, contact: back.id, at: around.now });
  const by = { id: claimerId(back.id), name: back.name };
  await addEvent(client, { caseId: found.id, at: around.now, kind: "returned", by });
  return told(client, { ...found, team }, { kind: "returned", to: { staff: back.id } }, around);
}

async function giveToCover(
  client: PoolClient,
  found: Found,
  { holder, cover, covered }: { holder: Colleague; cover: Colleague; covered: string | null },
  around: Moving,
): Promise<string[]> {
  const { team } = found;
  await setHolder(client, found.id, {
    holder: cover,
    team,
    covered,
    contact: covered,
    left: leftOf(holder),
    at: around.now,
  });
  const by = { id: claimerId(cover.id), name: cover.name };
  await addEvent(client, { caseId: found.id, at: around.now, kind: "covering", by });
  return told(client, found, { kind: "covering", to: { staff: cover.id }, facts: { name: holder.name } }, around);
}

async function giveToTeam(
  client: PoolClient,
  found: Found,
  { holder, covered }: { holder: Colleague; covered: string | null },
  around: Moving,
): Promise<string[]> {
  const { team } = found;
  await setHolder(client, found.id, { team, covered, contact: covered, left: leftOf(holder), at: around.now });
  await addEvent(client, { caseId: found.id, at: around.now, kind: "uncovered", facts: { team: found.team } });
  return told(client, found, { kind: "uncovered", to: { team: found.team }, facts: { name: holder.name } }, around);
}

function leftOf({ id, hasEnded }: Colleague): string | undefined {
  return hasEnded ? id : undefined;
}

async function setHolder(
  client: PoolClient,
  id: string,
  to: {
    holder?: Colleague;
    team: string;
    covered: string | null;
    /** Who becomes the person's contact where nobody is, and who has left for good and is it no more. */
    contact: string | null;
    left?: string | undefined;
    at: number;
  },
): Promise<void> {
  const { holder, team, covered, contact, left } = to;
  const at = new Date(to.at);
  await client.query(
    `UPDATE case_file SET status = CASE WHEN $2::text IS NULL THEN 'open' ELSE 'claimed' END, claimed_by = $3,
        claimed_by_id = $2, claimed_at = CASE WHEN $2::text IS NULL THEN NULL ELSE $4::timestamptz END, team = $5,
        contact_person_id = coalesce(nullif(contact_person_id, $7::uuid), $6::uuid), version = version + 1 WHERE id = $1`,
    [id, holder ? claimerId(holder.id) : null, holder?.name ?? null, at, team, contact, left ?? null],
  );
  // Apart from the claim: with a new holder the trigger forgets whom the last one covered for.
  await client.query(`UPDATE case_file SET covered_for = $2, escalate_from = $3 WHERE id = $1`, [id, covered, at]);
}

async function told(
  client: PoolClient,
  { id: caseId, code, municipality, priority, submittedAt, team }: Found,
  news: Pick<News, "kind" | "to" | "facts">,
  { tell, writeCards, now }: { tell: Tell; writeCards: WriteCards; now: number },
): Promise<string[]> {
  const about = { caseId, code, municipality, priority, submittedAt: submittedAt.getTime() };
  const cards = await writeCards(client, { caseId, team });
  return [...cards, ...(await tell(client, { ...news, about, at: now }))];
}
