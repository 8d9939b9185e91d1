import { isOpen } from "./hours.ts";
import { afterOfficeMinutes } from "./office-time.ts";
import type { Place } from "./place.ts";
import type { Priority } from "./prompt.ts";
import { teamsFor } from "./team.ts";

/** What it depends on whom is told of a case, and when. Times in ms since 1970. */
export interface EscalationFacts {
  status: "open" | "claimed";
  team: string;
  municipality: string | null;
  priority: Priority;
  submittedAt: number;
  claimedAt: number | null;
  lastPersonAt: number | null;
  lastStaffAt: number | null;
  /** Whether whoever has the case can be told in person, and has a cover who is there. */
  claimerKnown: boolean;
  covered: boolean;
  /** How many steps are behind it. */
  escalated: number;
  /** From when on the time to the next one counts; null: since it was sent or taken on. */
  escalateFrom: number | null;
}

/** Why somebody is told: nobody took the case on; the person wrote and waits; nothing happened at all. */
export type EscalationWhy = "unclaimed" | "unanswered" | "silent";

/** One more who is told. */
export interface EscalationStep {
  why: EscalationWhy;
  to: { type: "team"; team: string } | { type: "claimer" } | { type: "cover" };
  /** How many steps are behind the case when this one is done. */
  number: number;
}

/** What is to be done with a case at a moment: a step now, a look at it later, or nothing until it moves. */
export type Escalation = { type: "step"; step: EscalationStep } | { type: "wait"; until: number } | { type: "rest" };

/**
 * Decides what is due for a case. Steps come in order, each once, and only while somebody works in the team that is
 * waited for; one whose time passed while nobody could do it is done at the next opening, and the one after it waits
 * its full time from there.
 */
export function escalate(place: Place, facts: EscalationFacts, now: number): Escalation {
  const next = stepsOf(place, facts).find(({ step }) => step !== undefined && step.number > facts.escalated);
  if (!next?.step) return { type: "rest" };
  const { step, after } = next;
  // A team without hours of its own days would wait for ever.
  const team = afterOfficeMinutes(place, next.waitsFor, now, 0) === undefined ? undefined : next.waitsFor;
  const due = afterOfficeMinutes(place, team, facts.escalateFrom ?? began(facts), after);
  if (due === undefined) return { type: "rest" };
  if (due > now) return { type: "wait", until: due };
  if (isOpen(place, team, now)) return { type: "step", step };
  const opening = afterOfficeMinutes(place, team, now, 0);
  return opening === undefined ? { type: "rest" } : { type: "wait", until: opening };
}

interface Planned {
  /** None where whoever would be told is not there, or was told before. */
  step: EscalationStep | undefined;
  after: number;
  /** The team whose hours count. */
  waitsFor: string;
}

function stepsOf(place: Place, facts: EscalationFacts): Planned[] {
  return facts.status === "open" ? toTeams(place, facts) : toColleagues(place, facts);
}

function toTeams(place: Place, { team, municipality, priority }: EscalationFacts): Planned[] {
  const minutes = place.escalation.unclaimed[priority];
  const region = teamsFor(place, municipality).at(-2) ?? team;
  const told = new Set<string>();
  let waitsFor = team;
  const chain = [
    { team, after: minutes.team },
    { team: region, after: minutes.region },
    { team: place.coordination, after: minutes.coordination },
  ];
  return chain.map(({ team, after }, index): Planned => {
    if (told.has(team)) return { step: undefined, after, waitsFor };
    told.add(team);
    const planned = {
      step: { why: "unclaimed" as const, to: { type: "team" as const, team }, number: index + 1 },
      after,
      waitsFor,
    };
    waitsFor = team;
    return planned;
  });
}

function toColleagues(place: Place, facts: EscalationFacts): Planned[] {
  const why = waits(facts) ? "unanswered" : "silent";
  const { claimer, cover, team } = place.escalation[why][facts.priority];
  const planned = (step: Omit<EscalationStep, "why"> | undefined, after: number): Planned => ({
    step: step && { ...step, why },
    after,
    waitsFor: facts.team,
  });
  // Whoever claimed in a room and is no member of staff we know is told where the team reads it.
  const own = facts.claimerKnown ? ({ type: "claimer" } as const) : ({ type: "team", team: facts.team } as const);
  return [
    planned({ to: own, number: 1 }, claimer),
    planned(facts.covered ? { to: { type: "cover" }, number: 2 } : undefined, cover),
    planned({ to: { type: "team", team: facts.team }, number: 3 }, team),
  ];
}

/** Whether the person wrote and whoever has the case has not answered since. */
function waits({ claimedAt, lastPersonAt, lastStaffAt }: EscalationFacts): boolean {
  return lastPersonAt !== null && lastPersonAt > Math.max(claimedAt ?? 0, lastStaffAt ?? 0);
}

function began(facts: EscalationFacts): number {
  const { status, submittedAt, claimedAt, lastPersonAt, lastStaffAt } = facts;
  if (status === "open") return submittedAt;
  return waits(facts) ? (lastPersonAt ?? submittedAt) : Math.max(claimedAt ?? submittedAt, lastStaffAt ?? 0);
}
