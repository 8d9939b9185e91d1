import type { ClientBase, Pool } from "pg";
import type { NoticeCase } from "../domain/case.ts";
import type { OutgoingCard, OutgoingWords, StaffWords } from "../domain/prompt.ts";
import type { Actor } from "../domain/staff.ts";
import { type Refusal, refusalOf } from "../domain/talk.ts";
import { addEvent } from "./case-events.ts";
import { updateCards } from "./claim.ts";
import { lockContact, writeToContact } from "./contact-lane.ts";
import type { Keyring } from "./keyring.ts";
import { inTransaction, retried } from "./pool.ts";
import type { Detail } from "./rooms.ts";
import { isWaiting, readTalkCase } from "./talk-case.ts";
import { keepConversation, openSession } from "./talk-session.ts";

/** What a member of staff writes to the person of a case. */
export interface Writing {
  code: string;
  /** Made with the form: what comes twice with it is sent once. */
  id: string;
  by: Actor;
  /** The name that the person sees, where its owner wants that. */
  name?: string;
  words: StaffWords;
  at: Date;
  /** The process that sends. */
  owner: number;
  /** It is settled with the person that the phone is safe. */
  anyway: boolean;
}

/** Of sent words, `lanes` have new rows, which the caller has sent. */
export type WritingResult =
  | { type: "sent"; lanes: string[] }
  | { type: "repeated" }
  | { type: "refused"; why: Refusal; claimedBy: string | null }
  | { type: "unknown" };

/**
 * Writes words of staff to a person, and opens the talk: the row to be sent, its entry in the conversation, flows that
 * fall silent, and the cards that say no longer that the person waits, are one commit.
 */
export async function writeWords(
  pool: Pool,
  keyring: Keyring,
  writing: Writing,
  makeCard: (found: NoticeCase, detail: Detail) => OutgoingCard,
): Promise<WritingResult> {
  return retried(() =>
    inTransaction(pool, async (client): Promise<WritingResult> => {
      const found = await readTalkCase(client, writing.code, writing.by);
      if (!found) return { type: "unknown" };
      // The session first, as turns do: whoever holds it may go on to the case.
      const contact = found.contactId ? await lockContact(client, keyring, found.contactId) : undefined;
      const session = contact && (await openSession(client, contact));
      if (await wasSent(client, writing.id)) return { type: "repeated" };
      const unasked = contact?.unasked === true && contact.talking !== found.id && !isWaiting(found);
      const why = refusalOf({ ...found, session, unasked }, writing.anyway);
      if (why || !contact || !session) return { type: "refused", why: why ?? "erased", claimedBy: found.claimedBy };
      await client.query(`INSERT INTO seen (id) VALUES ($1)`, [seenId(writing.id)]);

      const conversation = { ...session.conversation, talk: { team: found.team } };
      await keepConversation(client, contact, conversation, found.id);
      const { words, by, name, at, owner, code } = writing;
      const from = { team: { type: "place" as const, path: `teams.${found.team}.name` }, ...(name && { name }) };
      const message: OutgoingWords = { type: "words", words, from, language: contact.language };
      await writeToContact(client, contact, owner, [message], [{ type: "staff", by: by.name, words }]);

      const isNew = session.talking !== found.id;
      if (isNew) await addEvent(client, { caseId: found.id, at: at.getTime(), kind: "talk_started", by });
      await client.query(`UPDATE case_file SET last_staff_at = $2, talk_read_at = $2 WHERE id = $1`, [found.id, at]);
      const rooms = isWaiting(found) ? await updateCards(client, keyring, { id: found.id, code, owner }, makeCard) : [];
      return { type: "sent", lanes: [contact.contactId, ...rooms] };
    }),
  );
}

/** Asked once the contact is locked: then whoever sent the same has committed. */
async function wasSent(client: ClientBase, id: string): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT FROM seen WHERE id = $1`, [seenId(id)]);
  return (rowCount ?? 0) > 0;
}

function seenId(id: string): string {
  return `words:${id}`;
}
