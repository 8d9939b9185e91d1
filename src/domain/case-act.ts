import type { CaseStatus } from "./case.ts";
import type { Outcome } from "./outcome.ts";
import type { Actor } from "./staff.ts";
import type { Stage } from "./stage.ts";

/** What a member of staff does with a case that was claimed, or is to be. Empty words are none. */
export type CaseAct =
  | { type: "handBack"; reason: string }
  /** To a colleague, who has it from then on, or to a team, where it is open again; `words` are for whoever gets it. */
  | { type: "handOver"; to: { staff: string } | { team: string }; words: string }
  | { type: "contactPerson"; staff: string | null }
  | { type: "stage"; stage: Stage }
  | { type: "close"; outcome: Outcome; words: string }
  | { type: "reopen"; reason: string }
  /** Somebody is found who interprets. */
  | { type: "interpreter"; done: boolean }
  /** The printed agreement is signed, on a calendar day `2026-11-28`; or is not. */
  | { type: "signed"; on: string | null }
  /** On the proposal of a rule, of a version of the intake. */
  | { type: "decide"; intake: number; rule: string; verdict: Verdict }
  /** Tells the person the office of a decision, in the language in which whoever sends it saw it. */
  | { type: "tell"; decision: string; language: string };
export type ActType = CaseAct["type"] | "claim";

/** A human confirms what was proposed, or names another office (or none) with a reason. */
export type Verdict = { type: "confirm" } | { type: "change"; office: string | null; reason: string };

/** What decides who may do what. */
export interface Holding {
  status: CaseStatus;
  claimedBy: string | null;
  claimedById: string | null;
  /** The person took the agreement back: nothing more is done with what they told. */
  withdrawnAt: Date | null;
  /** A wish to be called is an agreement of its own, and outlives that. */
  callAskedAt: Date | null;
}

const working: ActType[] = ["handBack", "contactPerson", "stage", "close", "interpreter", "signed", "decide", "tell"];

/**
 * What somebody of the team may do with a case, in the order in which it is usual. Whoever has it works on it; the
 * others can only see to it that it is not stuck with somebody: hand it over, or open it again. Without the person's
 * agreement it can only be put aside, or claimed to make the call that they still want.
 */
export function possibleActs(found: Holding, actor: Actor): ActType[] {
  const { status, withdrawnAt } = found;
  if (withdrawnAt) {
    if (isClaimable(found)) return ["claim"];
    return isClaimer(found, actor) ? ["close", "handBack", "handOver"] : status === "claimed" ? ["handOver"] : [];
  }
  switch (status) {
    case "open":
      return ["claim", "handOver"];
    case "claimed":
      return isClaimer(found, actor) ? [...working, "handOver"] : ["handOver"];
    case "closed":
      return ["reopen"];
    case "erased":
      return [];
  }
}

/** Whether somebody can claim a case: not without the person's agreement, unless they want to be called. */
export function isClaimable({ status, withdrawnAt, callAskedAt }: Omit<Holding, "claimedBy" | "claimedById">): boolean {
  return status === "open" && (withdrawnAt === null || callAskedAt !== null);
}

/**
 * Whether somebody has a case. By the id; whoever claimed it in a room, or before there were records of staff, is known
 * by name alone.
 */
export function isClaimer(
  { status, claimedBy, claimedById }: Pick<Holding, "status" | "claimedBy" | "claimedById">,
  actor: Actor,
): boolean {
  if (status !== "claimed") return false;
  return claimedById === actor.id || (!claimedById?.startsWith("staff:") && claimedBy === actor.name);
}
