import type { IntakeAnswers, OpenAnswers } from "./answers.ts";
import type { Authority, LegalArea } from "./authority.ts";
import { berlinDay } from "./berlin.ts";
import { matching } from "./condition.ts";
import type { Place } from "./place.ts";
import type { Priority } from "./prompt.ts";
import type { Rule } from "./rule.ts";
import { municipalityOf } from "./team.ts";
import { termAt } from "./term.ts";

export { mayMatter } from "./condition.ts";

/** What a rule suggests. A person decides. */
export interface Proposal {
  /** Id of the rule, or one of `keepRules`. */
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

/** Why KIM keeps a case, found in the proposals and not in a row of data; the first that holds is told. */
export const keepRules = ["kim_two_areas", "kim_no_case_management", "kim_no_match"] as const;

const rank: Record<Priority, number> = { urgent: 0, high: 1, normal: 2 };

/**
 * Proposes offices for a person's answers at a moment (ms since 1970): never empty, the most pressing first, otherwise
 * in the order of the rules. Absent answers count the same whether a question was skipped or never asked.
 */
export function propose(place: Place, answers: IntakeAnswers, at: number): Proposal[] {
  const today = berlinDay(at);
  const matched = matching(place, answers, today);
  const proposals = matched.map((rule) => toProposal(place, rule, answers, today));
  const keep = whyKept(place, matched, answers);
  if (keep) proposals.push(keptBy(place, keep, answers));
  return proposals.sort((a, b) => rank[a.priority] - rank[b.priority]);
}

/** How soon a human must look: the most pressing of the proposals. */
export function priorityOf(proposals: Proposal[]): Priority {
  return proposals.map((proposal) => proposal.priority).sort((a, b) => rank[a] - rank[b])[0] ?? "normal";
}

/** Whether KIM accompanies the person itself instead of handing over to one office. */
export function keepsCase(proposals: Proposal[]): boolean {
  return proposals.some((proposal) => proposal.authority === "kim");
}

/**
 * The office of an authority for the person: the municipality's row, or the row of all others. Where the municipality
 * is not known, only an office that is the same for everybody.
 */
export function officeFor(place: Place, authority: Authority, answers: OpenAnswers): string | undefined {
  const rows = place.responsible[authority] ?? {};
  const home = municipalityOf(place, answers);
  if (home !== undefined) return rows[home] ?? rows["*"];
  return Object.keys(rows).length === 1 ? rows["*"] : undefined;
}

function whyKept(place: Place, matched: Rule[], answers: IntakeAnswers): (typeof keepRules)[number] | undefined {
  const areas = new Set(matched.map((rule) => rule.propose.legal_area).filter((area) => area !== "advice"));
  if (areas.size > 1) return "kim_two_areas";
  const managed = new Set(place.case_management.authorities);
  if (matched.some(({ propose: { authority } }) => authority !== "kim" && !managed.has(authority))) {
    return "kim_no_case_management";
  }
  const served = new Set(matched.flatMap((rule) => rule.when.needs ?? []));
  if (matched.length === 0 || answers.needs?.some((need) => !served.has(need))) return "kim_no_match";
  return undefined;
}

function keptBy(place: Place, rule: (typeof keepRules)[number], answers: IntakeAnswers): Proposal {
  const office = officeFor(place, "kim", answers);
  return {
    rule,
    authority: "kim",
    ...(office !== undefined && { office }),
    legalArea: "advice",
    reason: `reason.${rule}`,
    values: {},
    basis: "§ 9 TIntG",
    priority: "normal",
    review: false,
  };
}

function toProposal(place: Place, rule: Rule, answers: IntakeAnswers, today: string): Proposal {
  const { authority, legal_area, reason, terms, basis, priority, review } = rule.propose;
  const office = officeFor(place, authority, answers);
  return {
    rule: rule.id,
    authority,
    ...(office !== undefined && { office }),
    legalArea: legal_area,
    reason: `reason.${reason ?? rule.id}`,
    values: Object.fromEntries((terms ?? []).map((term) => [term, termAt(place, term, today)])),
    basis,
    priority,
    review,
  };
}
