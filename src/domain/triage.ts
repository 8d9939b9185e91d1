import type { IntakeAnswers, Question } from "./answers.ts";
import type { Authority, LegalArea } from "./authority.ts";
import type { Place } from "./place.ts";
import type { Priority } from "./prompt.ts";

/** What a rule suggests. A person decides. */
export interface Proposal {
  rule: string;
  authority: Authority;
  /** Id in `place.offices`: the one that is responsible where the person lives; absent where the place names none. */
  office?: string;
  legalArea: LegalArea;
  /** Key of the text that says why. */
  reason: string;
  /** Values of that text, such as a benefit's name at that time. */
  values: { [name: string]: string };
  basis: string;
  priority: Priority;
  /** A human must look before anything is told as settled. */
  review: boolean;
}

/** Proposes offices for a person's answers at a moment (ms since 1970): never empty, always in the same order. */
export function propose(_place: Place, _answers: IntakeAnswers, _at: number): Proposal[] {
  return [];
}

/** Whether a rule in force still depends on a question, given the answers so far; questions without one are open. */
export function mayMatter(_place: Place, _answers: Partial<IntakeAnswers>, _question: Question, _at: number): boolean {
  return true;
}

/** How soon a human must look: the most pressing of the proposals. */
export function priorityOf(proposals: Proposal[]): Priority {
  return proposals[0]?.priority ?? "normal";
}

/** Whether KIM accompanies the person itself instead of handing over to one office. */
export function keepsCase(proposals: Proposal[]): boolean {
  return proposals.some((proposal) => proposal.authority === "kim");
}
