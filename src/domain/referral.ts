import type { Answers } from "./effect.ts";
import type { Value } from "./prompt.ts";

/**
 * Where the question stands whether data may go to an office: asked; agreed (now it may be handed over) or refused;
 * withdrawn, before or after it was handed over.
 */
export const referralStates = ["asked", "agreed", "refused", "withdrawn", "handed_over"] as const;
export type ReferralState = (typeof referralStates)[number];

/** A referral as the person is asked about it. Plain JSON. */
export interface AskedReferral {
  id: string;
  office: string;
  /** Why this office, in words. */
  reason: Value;
  /** Exactly what would be sent, by question. */
  items: Answers;
  /** Handing it over needs a Schweigepflichtentbindung. */
  confidentiality: boolean;
}

/** A referral as the case's page shows it. */
export interface CaseReferral {
  id: string;
  office: string;
  state: ReferralState;
  /** The questions whose answers would be sent, and the version of the intake that they are from. */
  items: string[];
  version: number;
  confidentiality: boolean;
  askedBy: string;
  askedAt: Date;
  /** When the question reached the chat. */
  shownAt: Date | null;
  /** When the person wanted to hear more first. */
  questionAt: Date | null;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
  handedOverBy: string | null;
  /** Calendar day `2026-11-28`. */
  handedOverOn: string | null;
}
