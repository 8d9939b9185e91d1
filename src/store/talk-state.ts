import type { Pool } from "pg";
import type { Session } from "../domain/session.ts";
import type { Actor } from "../domain/staff.ts";
import { type Refusal, refusalOf } from "../domain/talk.ts";
import { lastOfContact } from "./contact-lane.ts";
import type { Keyring } from "./keyring.ts";
import { unsealConversation } from "./sessions.ts";
import { isWaiting, readTalkCase } from "./talk-case.ts";

/** How it stands between staff and the person of a case, for one member of staff. */
export interface TalkState {
  caseId: string;
  contactId: string | null;
  team: string;
  /** Who has the case, and whether the member may write in their place. */
  claimedBy: string | null;
  isOwn: boolean;
  /** Why the member can't write. */
  refusal: Refusal | undefined;
  /** Flows are silent, and what the person writes comes here. */
  isOpen: boolean;
  /** The person's language. */
  language: string;
  lastStaffAt: Date | null;
  /** The person wrote since a member last looked. */
  isUnread: boolean;
}

/** Reads how a talk stands; nothing for a code that no case has. */
export async function readTalk(
  pool: Pool,
  keyring: Keyring,
  code: string,
  actor: Actor,
): Promise<TalkState | undefined> {
  const found = await readTalkCase(pool, code, actor);
  if (!found) return undefined;
  const { id, contactId, team, claimedBy, isOwn, lastPersonAt, lastStaffAt, readAt } = found;
  const session = contactId ? await peek(pool, keyring, contactId) : undefined;
  const unasked = session?.unasked === true && session.talking !== id && !isWaiting(found);
  return {
    caseId: id,
    contactId,
    team,
    claimedBy,
    isOwn,
    refusal: refusalOf({ ...found, session, unasked }),
    isOpen: session?.talking === id,
    language: session?.language ?? "de",
    lastStaffAt,
    isUnread: lastPersonAt !== null && lastPersonAt > (readAt ?? new Date(0)),
  };
}

/** Notes that somebody who works on the case saw what the person wrote. */
export async function markRead(pool: Pool, caseId: string, at: Date): Promise<void> {
  await pool.query(
    `UPDATE case_file SET talk_read_at = $2 WHERE id = $1 AND last_person_at > coalesce(talk_read_at, '-infinity')`,
    [caseId, at],
  );
}

type Peeked = Pick<Session, "silent" | "conversation" | "language" | "talking"> & { unasked: boolean };

async function peek(pool: Pool, keyring: Keyring, contactId: string): Promise<Peeked | undefined> {
  const { rows } = await pool.query<{
    data_key: Buffer;
    conversation: Buffer;
    language: string | null;
    silent: Session["silent"] | null;
    talking: string | null;
    unasked: boolean | null;
  }>(
    `SELECT c.data_key, s.conversation, s.language, s.silent, s.talking,
        (${lastOfContact("s.contact_id")}) = 'withdrawn' AS unasked
       FROM session s JOIN contact c ON c.id = s.contact_id WHERE c.id = $1`,
    [contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    language: row.language ?? undefined,
    silent: row.silent ?? undefined,
    talking: row.talking ?? undefined,
    unasked: row.unasked === true,
    conversation: unsealConversation(keyring.unwrap(row.data_key), contactId, row.conversation),
  };
}
