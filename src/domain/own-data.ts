import type { AgreementRecord } from "./agreement-record.ts";
import type { IntakeAnswers } from "./answers.ts";
import type { CaseFacts } from "./case.ts";
import type { Decision } from "./decision.ts";
import type { Answers } from "./effect.ts";
import type { Reading } from "./kept-data.ts";
import type { ReferralState } from "./referral.ts";
import type { LogEntry } from "./transcript.ts";
import type { Proposal } from "./triage.ts";

/** A line of a conversation; of staff's words without the name, which is for colleagues. */
export type OwnEntry = Exclude<LogEntry, { type: "staff" }> | Omit<Extract<LogEntry, { type: "staff" }>, "by">;

/** Everything that is kept about one person, as it is exported. Times are ISO 8601. */
export interface OwnData {
  contact: { id: string; channel: string; address: string; since: string };
  session: {
    language: string | null;
    silent: string | null;
    updatedAt: string;
    remindAt: string | null;
    version: number;
    messagesSent: number;
    /** Where the talk is, with answers that are not sent yet. */
    conversation: unknown;
  };
  /** Oldest first. */
  cases: OwnCase[];
  agreements: OwnAgreement[];
  /** The same as records after ISO/IEC TS 27560: receipts to keep. */
  agreementRecords: AgreementRecord[];
  /** In both directions, as far as they were kept; oldest first. */
  messages: { at: string; entries: OwnEntry[] }[];
  appointments: never[];
  /** Undefined where readings are not recorded. */
  readings?: Reading[];
  /** Messages that never arrived, by number and reason. */
  dropped: { n: number; reason: string; at: string }[];
}

export interface OwnCase {
  code: string;
  status: string;
  forWhom: string;
  /** All other facts of the case, by the names of their columns. */
  facts: { [name: string]: unknown };
  submittedAt: string;
  dueOn: string;
  intakes: { version: number; submittedAt: string; answers: IntakeAnswers; proposals: Proposal[] }[];
  /** `by`: whether a colleague did it, or the person or the program. */
  events: { at: string; kind: string; by: "team" | "self"; facts: CaseFacts; words?: string }[];
  /** What a human decided about a proposal, oldest first; both stand side by side. */
  decisions: (Omit<Decision, "id" | "at" | "by" | "toldAt" | "toldBy"> & { at: string; toldAt: string | null })[];
  /** Offices that it was asked for, with the answers that go there or went; oldest first. */
  referrals: {
    office: string;
    state: ReferralState;
    confidentiality: boolean;
    askedAt: string;
    answeredAt: string | null;
    withdrawnAt: string | null;
    /** A calendar day. */
    handedOverOn: string | null;
    answers: Answers;
  }[];
}

export interface OwnAgreement {
  /** The record's fields, by the names of their columns. */
  record: { [name: string]: unknown };
  purpose: string;
  state: string;
  at: string;
  /** The text as it was shown. */
  text: string;
}
