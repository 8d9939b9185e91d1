import type { CaseStatus } from "./case.ts";
import type { Session } from "./session.ts";

/** Longest words of staff; with what stands around them, a message on Telegram. */
export const longestWords = 3_000;

/** Why nobody, or not this member of staff, can write to a person now. */
export type Refusal =
  /** The case: erased, closed, nobody's, or a colleague's. */
  | "erased"
  | "closed"
  | "unclaimed"
  | "notYours"
  /** The person: blocked us, said stop, or did not agree that anything of a conversation is kept. */
  | "blocked"
  | "stopped"
  | "notAgreed"
  /** The person wants to be written to here only as an answer. */
  | "unasked"
  /** The person said that the phone is not safe. */
  | "unsafe";

/** What decides whether somebody may write. */
export interface TalkFacts {
  status: CaseStatus;
  /** Whether the member of staff has the case, or covers for who has it. */
  isOwn: boolean;
  /** None once the person's data is erased. */
  session: Pick<Session, "silent" | "conversation"> | undefined;
  /** The person took back that we write by ourselves, and neither talks with us nor waits for an answer. */
  unasked?: boolean;
}

/** Why a member of staff can't write; nothing where they can. `anyway`: it is settled that the phone is safe now. */
export function refusalOf({ status, isOwn, session, unasked }: TalkFacts, anyway = false): Refusal | undefined {
  if (status === "erased" || !session) return "erased";
  if (status === "closed") return "closed";
  if (status === "open") return "unclaimed";
  if (!isOwn) return "notYours";
  if (session.silent) return session.silent;
  if (!session.conversation.agreed) return "notAgreed";
  if (unasked) return "unasked";
  return session.conversation.quiet && !anyway ? "unsafe" : undefined;
}
