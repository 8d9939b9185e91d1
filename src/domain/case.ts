import type { IntakeAnswers } from "./answers.ts";
import type { Decision } from "./decision.ts";
import type { Outcome } from "./outcome.ts";
import type { Priority } from "./prompt.ts";
import type { CaseReferral } from "./referral.ts";
import type { Stage } from "./stage.ts";
import type { LogEntry } from "./transcript.ts";
import type { Proposal } from "./triage.ts";

export const caseStatuses = ["open", "claimed", "closed", "erased"] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** A case as a list shows it. Ids and codes, to be put into words by whoever shows it. */
export interface CaseSummary {
  code: string;
  status: CaseStatus;
  municipality: string | null;
  language: string;
  /** A language, where somebody shall interpret. */
  interpreter: string | null;
  needs: string[];
  priority: Priority;
  submittedAt: Date;
  /** Somebody asked to be called. */
  callAskedAt: Date | null;
  /** The person took the agreement back: nothing of the content is shown. */
  withdrawnAt: Date | null;
  claimedBy: string | null;
  claimedById: string | null;
  claimedAt: Date | null;
  stage: Stage | null;
  /** Who stays the person's contact, whoever works on the case. */
  contactPerson: { id: string; name: string } | null;
  /** Of the latest intake; none once the person's data is erased. */
  proposals: Proposal[];
  /** How many versions of the intake there are. */
  versions: number;
  /** The person wrote since somebody of staff last looked. */
  unread: boolean;
  /** Erased because its period was over, not because somebody asked. */
  expired?: true;
}

/** A case with everything that its page shows. */
export interface CaseDetails extends CaseSummary {
  team: string;
  forWhom: string;
  /** Name of the absent colleague for whom somebody else has the case. */
  coveredFor?: string;
  /** Code of the partner whose link the person came by. */
  door: string | null;
  /** Calendar day by when somebody answers, `2026-11-25`. */
  dueOn: string;
  /** Newest first. */
  intakes: { version: number; submittedAt: Date; answers: IntakeAnswers; proposals: Proposal[] }[];
  /** Raised by every act; forms carry it. */
  version: number;
  outcome: Outcome | null;
  closedAt: Date | null;
  interpreterDoneAt: Date | null;
  signedAt: Date | null;
  /** Nothing can be sent: the person blocked us or said stop; or is gone. */
  unreachable: "blocked" | "stopped" | "gone" | null;
  /** What the person is written to in: chosen after the case was sent, perhaps. */
  languageNow: string;
  /** Oldest first. */
  decisions: Decision[];
  /** Oldest first. */
  events: CaseEvent[];
  /** Newest first. */
  referrals: CaseReferral[];
  /** What was said after the agreement, oldest first, one entry a turn. */
  talk: { at: Date; entries: LogEntry[] }[];
}

/** What happened to a case: codes, and a reason in words. */
export interface CaseEvent {
  at: Date;
  kind: string;
  /** None for the person and the service. */
  by: string | null;
  facts: CaseFacts;
  words: string;
}

/** Codes, and names of colleagues, that say more of an event. */
export type CaseFacts = { [name: string]: string };

/**
 * What a card of a case is made of; `answered`: the person wrote and waits for an answer. A new case has no status and no
 * team yet that would matter to it.
 */
export type NoticeCase = Pick<
  CaseSummary,
  | "code"
  | "municipality"
  | "language"
  | "interpreter"
  | "needs"
  | "priority"
  | "submittedAt"
  | "callAskedAt"
  | "withdrawnAt"
  | "claimedBy"
  | "proposals"
> & { status?: CaseStatus; team?: string; answered?: boolean };
