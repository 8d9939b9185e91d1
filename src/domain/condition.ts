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
  const position = asked.indexOf(question);
  const isOpen = (other: string) => answers[other] === undefined && asked.indexOf(other) > position;
  return rulesOn(place, berlinDay(at)).some(({ ways }) =>
    ways.some(
      (way) =>
        way.some(([other]) => other === question) &&
        way.every(([other, allowed]) => other === question || meets(allowed, answers[other]) || isOpen(other)),
    ),
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

// Every message asks for many questions whether they matter: the rules in force are worked out once a day.
const worked = new WeakMap<Place, { day: string; rules: RuleOnDay[] }>();

function rulesOn(place: Place, day: string): RuleOnDay[] {
  const known = worked.get(place);
  if (known?.day === day) return known.rules;
  const rules = place.rules
    .filter((rule) => inForce(rule, day))
    .map((rule) => ({ rule, ways: waysToMatch(place, rule, day) }));
  worked.set(place, { day, rules });
  return rules;
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
