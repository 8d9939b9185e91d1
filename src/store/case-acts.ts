import type { Pool, PoolClient } from "pg";
import type { CaseEvent, CaseStatus } from "../domain/case.ts";
import { type CaseAct, possibleActs } from "../domain/case-act.ts";
import type { OutgoingPrompt } from "../domain/prompt.ts";
import type { Actor } from "../domain/staff.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { type Applied, applyAct, type CaseColumns, type Refusal } from "./apply-act.ts";
import { addEvent, eventsSince } from "./case-events.ts";
import { type MakeCard, updateCards } from "./claim.ts";
import { type LockedContact, lockContact } from "./contact-lane.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction } from "./pool.ts";
import type { Key } from "./seal.ts";
import { isAnswered } from "./talk-case.ts";
import { endTalkByAct, type SayTalkEnd } from "./talk-end.ts";

/** What somebody asks for by a form that shows a version of the case. */
export interface ActOrder {
  code: string;
  version: number;
  act: CaseAct;
  by: Actor;
  at: Date;
  /** The process that sends cards and messages. */
  owner: number;
}

/** What an act needs of whoever knows the place. */
export interface ActMakers {
  makeCard: MakeCard;
  /** What the person is told of an office, in a language; nothing for one that the place does not name. */
  tellOffice(office: string, code: string, language: string): { message: OutgoingPrompt; log: LogEntry[] } | undefined;
  /** What the person is told when their talk with staff ends by an act. */
  endTalk: SayTalkEnd;
}

/** Of a done act, `lanes` are those with new rows, which the caller has sent. */
export type ActResult =
  | { type: "done"; lanes: string[] }
  /** The case is another one than the form showed: what happened since. */
  | { type: "overtaken"; since: CaseEvent[] }
  /** Not with a case in this state, or not for this person. */
  | { type: "impossible" }
  | { type: "refused"; why: Refusal }
  | { type: "unknown" };

/** A case as an act finds it, locked until the end of the transaction. */
export interface LockedCase {
  id: string;
  code: string;
  version: number;
  status: CaseStatus;
  team: string;
  stage: string | null;
  claimedBy: string | null;
  claimedById: string | null;
  contactPersonId: string | null;
  withdrawnAt: Date | null;
  callAskedAt: Date | null;
  contactId: string | null;
  /** Of the contact; gone when that is erased. */
  key: Key | undefined;
  /** Only where the act writes to it. */
  contact: LockedContact | undefined;
}

/**
 * Does one act on a case: of all who try on the same version, one wins, by the lock on its row. The change, the raised
 * version, the entry in the history, messages and cards are one commit. The same press again (same person, same
 * version, same content) gets the same answer, without effect.
 */
export async function actOnCase(pool: Pool, keyring: Keyring, order: ActOrder, makers: ActMakers): Promise<ActResult> {
  return inTransaction(pool, async (client) => {
    const found = await lockCase(client, keyring, order);
    if (!found) return { type: "unknown" };
    const press = pressOf(keyring, order);
    if (await wasSeen(client, press)) return { type: "done", lanes: [] };
    if (found.version !== order.version) {
      return { type: "overtaken", since: await eventsSince(client, found.id, order.version, found.key ?? null) };
    }
    if (!possibleActs(found, order.by).includes(order.act.type)) return { type: "impossible" };
    const result = await applyAct(client, keyring, found, order, makers);
    if (result.type === "refused") return result;
    await client.query(`INSERT INTO seen (id) VALUES ($1)`, [press]);
    await keep(client, found, order, result);
    const ended = result.endsTalk === true && (await endTalkByAct(client, found, order, makers.endTalk));
    const written = result.written ?? (ended ? found.contactId : null);
    const { newTeam } = result;
    const cards = await updateCards(client, keyring, { ...found, owner: order.owner, newTeam }, makers.makeCard);
    return { type: "done", lanes: [...cards, ...(written ? [written] : [])] };
  });
}

/** Acts that may write to the person. */
const writing: CaseAct["type"][] = ["tell", "handBack", "handOver", "close"];

/** Locks the contact first where it is written to: turns lock in that order. */
async function lockCase(client: PoolClient, keyring: Keyring, order: ActOrder): Promise<LockedCase | undefined> {
  let contact: LockedContact | undefined;
  if (writing.includes(order.act.type)) {
    const { rows } = await client.query<{ contact_id: string | null }>(
      `SELECT contact_id FROM case_file WHERE code = $1`,
      [order.code],
    );
    const id = rows[0]?.contact_id;
    contact = id ? await lockContact(client, keyring, id) : undefined;
  }
  // No stronger lock: the id of the case's card, which refers to this row, may just be on its way.
  const { rows } = await client.query<Omit<LockedCase, "key" | "contact">>(
    `SELECT id, code, version, status, team, stage, claimed_by AS "claimedBy", claimed_by_id AS "claimedById",
        contact_person_id AS "contactPersonId", contact_id AS "contactId", withdrawn_at AS "withdrawnAt",
        call_asked_at AS "callAskedAt"
      FROM case_file WHERE code = $1 FOR NO KEY UPDATE`,
    [order.code],
  );
  const [row] = rows;
  if (!row) return undefined;
  // A statement of its own: the case may have lost its contact while this one waited for the lock.
  const keys = await client.query<{ data_key: Buffer }>(`SELECT data_key FROM contact WHERE id = $1`, [row.contactId]);
  const wrapped = keys.rows[0]?.data_key;
  const key = wrapped && keyring.unwrap(wrapped);
  return { ...row, key, contact: contact?.contactId === row.contactId ? contact : undefined };
}

async function keep(client: PoolClient, found: LockedCase, order: ActOrder, applied: Applied): Promise<void> {
  const { columns = {}, kind, facts, words, written } = applied;
  const set = Object.entries(columns) as [keyof CaseColumns, unknown][];
  const assignments = set.map(([column], index) => `, ${column} = $${index + 4}`).join("");
  // Whoever wrote and waits goes on waiting, also with the next colleague: an act is no answer unless it was told.
  await client.query(
    `UPDATE case_file f SET version = version + 1, last_staff_at = CASE WHEN ${isAnswered} AND NOT $3 THEN last_staff_at
       ELSE $2 END${assignments} WHERE id = $1`,
    [found.id, order.at, written !== undefined, ...set.map(([, value]) => value)],
  );
  await addEvent(client, {
    caseId: found.id,
    at: order.at.getTime(),
    kind,
    by: order.by,
    facts,
    ...(words && found.key && { words: { text: words, key: found.key, version: found.version + 1 } }),
  });
}

/** The id of a press. By a hash with a key of ours: what somebody wrote can't be guessed from it. */
function pressOf(keyring: Keyring, { code, version, act, by }: ActOrder): string {
  return `act:page:${keyring.hashAddress("act", by.id, JSON.stringify([code, version, act])).toString("base64url")}`;
}

async function wasSeen(client: PoolClient, id: string): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT FROM seen WHERE id = $1`, [id]);
  return rowCount === 1;
}
