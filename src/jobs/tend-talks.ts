import type { Pool } from "pg";
import type { EndTalk } from "../conversation/after-talk.ts";
import type { Keyring } from "../store/keyring.ts";
import { endTalk, silentTalks } from "../store/talk-end.ts";
import { untoldWords } from "../store/talk-news.ts";

export interface TendTalks {
  keyring: Keyring;
  /** Tells staff that the person wrote to them; resolves when that is durable. */
  tellStaff(caseId: string, at: Date): Promise<void>;
  /** What the person is told when a talk ends. */
  talkEnd: EndTalk;
  /** Days without a word after which a talk ends. */
  talkDays: number;
  /** Number of the process that sends. */
  owner(): number;
  /** Has lanes sent that have new rows, and tells staff's pages. After the commit. */
  changed(lanes: string[]): void;
}

/** Looks after talks between staff and people: tells staff of words that a crash kept from them, and ends silent ones. */
export async function tendTalks(pool: Pool, options: TendTalks): Promise<void> {
  const { keyring, tellStaff, talkEnd, talkDays, owner, changed } = options;
  for (const { caseId, at } of await untoldWords(pool, keyring)) await tellStaff(caseId, at);
  for (const { contactId, caseId } of await silentTalks(pool, talkDays)) {
    const ending = { contactId, caseId, at: new Date(), owner: owner(), silentDays: talkDays };
    if (await endTalk(pool, keyring, ending, talkEnd)) changed([contactId]);
  }
}
