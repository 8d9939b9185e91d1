import type { Pool, PoolClient } from "pg";
import type { NoticeCase } from "../domain/case.ts";
import type { OutgoingCard } from "../domain/prompt.ts";
import { addEvent } from "./case-events.ts";
import { unsealProposals } from "./intake-boxes.ts";
import type { Keyring } from "./keyring.ts";
import { writeCard } from "./outbox.ts";
import { inTransaction } from "./pool.ts";
import { type Detail, readRooms, readRoomsOfCase } from "./rooms.ts";
import { isAnswered } from "./talk-case.ts";

/** Someone takes a case on. */
export interface Claim {
  code: string;
  /** A stable id of who claims, and the name shown to colleagues. */
  by: { id: string; name: string };
  at: Date;
  /** Id of the press, where the same one may be delivered again. */
  seenId?: string;
  /** The process that sends the cards. */
  owner: number;
}

/** Of a claimed case, `lanes` are those with new rows, which the caller has sent. */
export type ClaimResult =
  | { type: "claimed"; lanes: string[] }
  | { type: "taken"; by: string; at: Date }
  | { type: "closed" }
  | { type: "unknown" };

/** Makes the card of a case for a room with so much detail, of one team or (null) of all. */
export type MakeCard = (found: NoticeCase, detail: Detail, team: string | null) => OutgoingCard;

interface Row {
  id: string;
  status: string;
  claimed_by: string | null;
  claimed_by_id: string | null;
  claimed_at: Date | null;
  /** The person took the agreement back, and wants no call either. */
  over: boolean;
}

/**
 * Claims a case: of all who try, one wins, by the lock on its row. The win, its entry in the history and the new cards
 * in all rooms that show the case are one commit. Whoever has it already gets the same answer again, without effect.
 */
export async function claimCase(pool: Pool, keyring: Keyring, claim: Claim, makeCard: MakeCard): Promise<ClaimResult> {
  return inTransaction(pool, async (client) => {
    // No stronger lock: the id of the case's card, which refers to this row, may just be on its way.
    const { rows } = await client.query<Row>(
      `SELECT id, status, claimed_by, claimed_by_id, claimed_at,
          withdrawn_at IS NOT NULL AND call_asked_at IS NULL AS over FROM case_file WHERE code = $1 FOR NO KEY UPDATE`,
      [claim.code],
    );
    const [row] = rows;
    if (!row) return { type: "unknown" };
    const repeated = await wasSeen(client, claim.seenId);
    if (row.status === "open" && row.over) return { type: "closed" };
    if (row.status !== "open" || repeated) return answer(row, claim);
    await client.query(
      `UPDATE case_file SET status = 'claimed', claimed_by = $2, claimed_by_id = $3, claimed_at = $4,
          version = version + 1, last_staff_at = $4 WHERE id = $1`,
      [row.id, claim.by.name, claim.by.id, claim.at],
    );
    await addEvent(client, { caseId: row.id, at: claim.at.getTime(), by: claim.by, kind: "claimed" });
    return { type: "claimed", lanes: await updateCards(client, keyring, { ...claim, id: row.id }, makeCard) };
  });
}

function answer(row: Row, { by }: Claim): ClaimResult {
  if (row.status !== "open" && row.status !== "claimed") return { type: "closed" };
  // A press that is delivered again after the case was handed back: its time is over, and it won when it came.
  if (!row.claimed_by || !row.claimed_at || row.claimed_by_id === by.id) return { type: "claimed", lanes: [] };
  return { type: "taken", by: row.claimed_by, at: row.claimed_at };
}

async function wasSeen(client: PoolClient, seenId: string | undefined): Promise<boolean> {
  if (seenId === undefined) return false;
  const { rowCount } = await client.query(`INSERT INTO seen (id) VALUES ($1) ON CONFLICT DO NOTHING`, [seenId]);
  return rowCount === 0;
}

/**
 * Writes a case's card anew for all rooms that show it, and for those of a team that it came to, in the caller's
 * transaction.
 *
 * @returns the lanes, to be sent after the commit
 */
export async function updateCards(
  client: PoolClient,
  keyring: Keyring,
  { id, code, owner, newTeam }: { id: string; code: string; owner: number; newTeam?: string | undefined },
  makeCard: MakeCard,
): Promise<string[]> {
  const shown = await readRoomsOfCase(client, keyring, { id, code });
  const told = newTeam === undefined ? [] : await readRooms(client, keyring);
  const others = told.filter(({ team, ...room }) => {
    return (team === null || team === newTeam) && !shown.some((one) => one.id === room.id);
  });
  // In the order in which their lanes are locked.
  const rooms = [...shown, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rooms.length === 0) return [];
  const found = await readNoticeCase(client, keyring, id);
  for (const room of rooms) await writeCard(client, room, owner, makeCard(found, room.detail, room.team));
  return rooms.map((room) => room.id);
}

/** Reads what a card of a case needs, within the caller's transaction. */
export async function readNoticeCase(client: PoolClient, keyring: Keyring, id: string): Promise<NoticeCase> {
  const { rows } = await client.query(
    `SELECT f.code, f.municipality, f.language, f.interpreter, f.needs, f.priority, f.submitted_at AS "submittedAt",
       f.call_asked_at AS "callAskedAt", f.withdrawn_at AS "withdrawnAt", f.claimed_by AS "claimedBy", f.status, f.team,
       ${isAnswered} AS answered, p.data_key, i.version, i.proposals
     FROM case_file f LEFT JOIN contact p ON p.id = f.contact_id
       LEFT JOIN LATERAL (
         SELECT version, proposals FROM intake WHERE case_id = f.id ORDER BY version DESC LIMIT 1
       ) i ON true
     WHERE f.id = $1`,
    [id],
  );
  const { data_key: wrapped, version, proposals: box, ...found } = rows[0];
  const proposals = wrapped && box ? unsealProposals(keyring.unwrap(wrapped), id, version, box) : [];
  return { ...found, proposals };
}
