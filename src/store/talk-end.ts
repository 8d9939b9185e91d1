import type { ClientBase, Pool } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import type { OutgoingMessage } from "../domain/prompt.ts";
import type { Conversation, Session } from "../domain/session.ts";
import type { Actor } from "../domain/staff.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { type LockedContact, lockContact, writeToContact } from "./contact-lane.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction, retried } from "./pool.ts";
import { keepConversation, openSession } from "./talk-session.ts";

/** A talk that ends from outside of a turn: by a member of staff, or because nobody wrote for long. */
export interface Ending {
  contactId: string;
  caseId: string;
  /** Without: time. */
  by?: Actor;
  at: Date;
  /** The process that sends. */
  owner: number;
  /** Ends only what is still silent for so many days. */
  silentDays?: number;
}

/** What the person is told then, and the conversation after that. */
export type SayTalkEnd = (
  session: Session,
  channel: ChannelName,
  at: number,
) => { conversation: Conversation; outgoing: OutgoingMessage[]; log: LogEntry[] };

/** Ends a talk, tells the person and asks what waited, in one commit. Answers whether there was one to end. */
export async function endTalk(pool: Pool, keyring: Keyring, ending: Ending, say: SayTalkEnd): Promise<boolean> {
  const { contactId, caseId, by, at, owner, silentDays } = ending;
  return retried(() =>
    inTransaction(pool, async (client) => {
      const contact = await lockContact(client, keyring, contactId);
      if (contact?.talking !== caseId) return false;
      if (silentDays !== undefined && !(await isOver(client, contactId, silentDays))) return false;
      await close(client, contact, { at, owner }, say);
      await note(client, caseId, at, by ?? "silence");
      return true;
    }),
  );
}

/**
 * Ends the talk on a case that leaves whoever had it, within the transaction of that act: the person is told, and what
 * they write from then on goes to the program again. The act is the entry in the history. Answers whether there was one.
 */
export async function endTalkByAct(
  client: ClientBase,
  { id, contact }: { id: string; contact: LockedContact | undefined },
  { at, owner }: Pick<Ending, "at" | "owner">,
  say: SayTalkEnd,
): Promise<boolean> {
  if (contact?.talking !== id) return false;
  await close(client, contact, { at, owner }, say);
  return true;
}

async function close(
  client: ClientBase,
  contact: LockedContact,
  { at, owner }: Pick<Ending, "at" | "owner">,
  say: SayTalkEnd,
): Promise<void> {
  const session = await openSession(client, contact);
  const { conversation, outgoing, log } = say(session, contact.channel, at.getTime());
  // Written while the talk is still open: its end is part of it, also for whoever wants nothing but answers.
  await writeToContact(client, contact, owner, outgoing, conversation.agreed ? log : []);
  await keepConversation(client, contact, conversation, undefined);
}

/** Ends a talk for the person who ended it, within the transaction of their turn. */
export async function leaveTalk(client: ClientBase, contactId: string, caseId: string, at: Date): Promise<void> {
  await client.query(`UPDATE session SET talking = NULL WHERE contact_id = $1`, [contactId]);
  await note(client, caseId, at, "person");
}

const over = `(f.id IS NULL OR f.status NOT IN ('open', 'claimed') OR (
  s.updated_at < now() - make_interval(days => $1)
  AND coalesce(greatest(f.last_person_at, f.last_staff_at), '-infinity') < now() - make_interval(days => $1)))`;

/** Talks in which nobody wrote for so many days, or whose case is closed or gone. */
export async function silentTalks(pool: Pool, days: number): Promise<{ contactId: string; caseId: string }[]> {
  const { rows } = await pool.query<{ contactId: string; caseId: string }>(
    `SELECT s.contact_id AS "contactId", s.talking AS "caseId" FROM session s LEFT JOIN case_file f ON f.id = s.talking
      WHERE s.talking IS NOT NULL AND ${over} LIMIT 500`,
    [days],
  );
  return rows;
}

async function isOver(client: ClientBase, contactId: string, days: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM session s LEFT JOIN case_file f ON f.id = s.talking WHERE s.contact_id = $2 AND ${over}`,
    [days, contactId],
  );
  return rowCount === 1;
}

/** An entry in the history; of a case that was erased nothing is noted any more. */
async function note(client: ClientBase, caseId: string, at: Date, by: Actor | "person" | "silence"): Promise<void> {
  const actor = typeof by === "object" ? by : undefined;
  await client.query(
    `INSERT INTO case_event (case_id, version, at, kind, by, by_id)
      SELECT id, version, $2, $3, $4, $5 FROM case_file WHERE id = $1 AND status <> 'erased'`,
    [caseId, at, actor ? "talk_ended" : `talk_ended_${by}`, actor?.name ?? null, actor?.id ?? null],
  );
}
