import type { IntakeAnswers } from "./answers.ts";
import type { Priority } from "./prompt.ts";
import type { CaseReferral } from "./referral.ts";
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
  claimedAt: Date | null;
  /** Of the latest intake; none once the person's data is erased. */
  proposals: Proposal[];
  /** How many versions of the intake there are. */
  versions: number;
  /** The person wrote since somebody of staff last looked. */
  unread: boolean;
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
  /** Oldest first. */
  events: { at: Date; kind: string; by: string | null; facts: { [name: string]: string } }[];
  /** Newest first. */
  referrals: CaseReferral[];
  /** What was said after the agreement, oldest first, one entry a turn. */
  talk: { at: Date; entries: LogEntry[] }[];
}

/** What a card of a case is made of; `answered`: the person wrote and waits for an answer. */
export type NoticeCase = Omit<CaseSummary, "status" | "claimedAt" | "versions" | "unread"> & { answered?: boolean };
