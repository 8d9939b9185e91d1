import { intakeAnswers, type OpenAnswers, type Question } from "./answers.ts";
import { berlinDay } from "./berlin.ts";
import type { Place } from "./place.ts";
import { type Conditions, type LawSwitch, noAnswer, type Rule, type SwitchState } from "./rule.ts";
import { inForce } from "./validity.ts";

/** The rules that match the answers on a day, in the order of the data. */
export function matching(place: Place, answers: OpenAnswers, today: string): Rule[] {
  return rulesOn(place, today)
    .filter(({ rule, ways }) => !(rule.unless && holds(rule.unless, answers)) && ways.some((way) => fits(way, answers)))
    .map(({ rule }) => rule);
}

/**
 * Whether a rule in force at a moment (ms since 1970) still depends on a question, given the answers so far. Questions
 * are asked in the order of `intakeAnswers`: one before this that has no answer stays without, one after it is open.
 */
export function mayMatter(place: Place, answers: OpenAnswers, question: Question, at: number): boolean {
  const { ways } = workedOut(place, berlinDay(at));
  return (ways.get(question) ?? []).some((others) =>
    others.every(({ other, allowed, isLater }) => {
      const answer = answers[other];
      return (isLater && answer === undefined) || meets(allowed, answer);
    }),
  );
}

/** Whether all conditions hold for the answers; without conditions they do. */
export function holds(conditions: Conditions, answers: OpenAnswers): boolean {
  return fits(Object.entries(conditions), answers);
}

/** Which state a switch has on a day. */
export function stateOf(law: LawSwitch, today: string): SwitchState {
  if (law.enabled === null) return "open";
  return law.enabled && law.effective_from !== null && law.effective_from <= today ? "on" : "off";
}

/** Conditions that must all hold: questions with the codes that are allowed. */
type Way = [question: string, allowed: Codes][];
type Codes = readonly string[] | undefined;
interface RuleOnDay {
  rule: Rule;
  /** One per alternative that the switches leave. */
  ways: Way[];
}

const asked = Object.keys(intakeAnswers.shape);

/** What a way to match asks of the other questions; `isLater` are those that are asked after it. */
type Others = { other: string; allowed: Codes; isLater: boolean }[];
interface WorkedOut {
  day: string;
  rules: RuleOnDay[];
  /** The ways that depend on a question, by question. */
  ways: Map<string, Others[]>;
}

// Every message asks for many questions whether they matter: the rules in force are worked out once a day.
const worked = new WeakMap<Place, WorkedOut>();

function rulesOn(place: Place, day: string): RuleOnDay[] {
  return workedOut(place, day).rules;
}

function workedOut(place: Place, day: string): WorkedOut {
  const known = worked.get(place);
  if (known?.day === day) return known;
  const rules = place.rules
    .filter((rule) => inForce(rule, day))
    .map((rule) => ({ rule, ways: waysToMatch(place, rule, day) }));
  const found = { day, rules, ways: byQuestion(rules) };
  worked.set(place, found);
  return found;
}

function byQuestion(rules: RuleOnDay[]): Map<string, Others[]> {
  const ways = new Map<string, Others[]>();
  for (const way of rules.flatMap((rule) => rule.ways)) {
    for (const [question] of way) {
      const position = asked.indexOf(question);
      const others = way
        .filter(([other]) => other !== question)
        .map(([other, allowed]) => ({ other, allowed, isLater: asked.indexOf(other) > position }));
      ways.set(question, [...(ways.get(question) ?? []), others]);
    }
  }
  return ways;
}

function waysToMatch(place: Place, rule: Rule, day: string): Way[] {
  const allows = (needed: Rule["switches"]) =>
    Object.entries(needed ?? {}).every(([id, states]) => {
      const law = place.switches[id];
      return law !== undefined && states.includes(stateOf(law, day));
    });
  const alternatives: NonNullable<Rule["any"]> = rule.any ?? [{}];
  return alternatives
    .filter(({ switches }) => allows(rule.switches) && allows(switches))
    .map(({ switches: _, ...alternative }) => Object.entries({ ...rule.when, ...alternative }));
}

function fits(way: Way, answers: OpenAnswers): boolean {
  return way.every(([question, allowed]) => meets(allowed, answers[question]));
}

function meets(allowed: Codes, answer: string | string[] | undefined): boolean {
  if (allowed === undefined) return true;
  if (answer === undefined || answer.length === 0) return allowed.includes(noAnswer);
  return typeof answer === "string" ? allowed.includes(answer) : answer.some((code) => allowed.includes(code));
}
