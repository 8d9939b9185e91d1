import { intakeAnswers, type OpenAnswers, type Question } from "./answers.ts";
import { berlinDay } from "./berlin.ts";
import type { Place } from "./place.ts";
import { type Conditions, type LawSwitch, noAnswer, type Rule, type SwitchState } from "./rule.ts";
import { inForce } from "./validity.ts";

/** Whether a rule's conditions hold for the answers on a day; its own validity is not looked at. */
export function applies(place: Place, rule: Rule, answers: OpenAnswers, today: string): boolean {
  if (rule.unless && holds(rule.unless, answers)) return false;
  return waysToMatch(place, rule, today).some((way) => holds(way, answers));
}

/**
 * Whether a rule in force at a moment (ms since 1970) still depends on a question, given the answers so far. Questions
 * are asked in the order of `intakeAnswers`: one before this that has no answer stays without, one after it is open.
 */
export function mayMatter(place: Place, answers: OpenAnswers, question: Question, at: number): boolean {
  const today = berlinDay(at);
  return place.rules.some(
    (rule) =>
      inForce(rule, today) &&
      waysToMatch(place, rule, today).some(
        (way) => Object.hasOwn(way, question) && isReachable(way, answers, question),
      ),
  );
}

/** Whether all conditions hold for the answers; without conditions they do. */
export function holds(conditions: Conditions, answers: OpenAnswers): boolean {
  return entriesOf(conditions).every(([question, allowed]) => meets(allowed, answers[question]));
}

/** Which state a switch has on a day. */
export function stateOf(law: LawSwitch, today: string): SwitchState {
  if (law.enabled === null) return "open";
  return law.enabled && law.effective_from !== null && law.effective_from <= today ? "on" : "off";
}

/** The rule's conditions, one set per alternative, without those that the switches rule out. */
function waysToMatch(place: Place, rule: Rule, today: string): Conditions[] {
  return (rule.any ?? [{}])
    .map(({ switches, ...alternative }: NonNullable<Rule["any"]>[number]) => ({ switches, alternative }))
    .filter(({ switches }) =>
      [rule.switches, switches].every((needed) =>
        Object.entries(needed ?? {}).every(([id, states]) => {
          const law = place.switches[id];
          return law !== undefined && states.includes(stateOf(law, today));
        }),
      ),
    )
    .map(({ alternative }) => ({ ...rule.when, ...alternative }));
}

const asked = Object.keys(intakeAnswers.shape);

function isReachable(way: Conditions, answers: OpenAnswers, question: Question): boolean {
  const position = asked.indexOf(question);
  return entriesOf(way).every(
    ([other, allowed]) =>
      other === question ||
      (answers[other] === undefined && asked.indexOf(other) > position) ||
      meets(allowed, answers[other]),
  );
}

function meets(allowed: readonly string[], answer: string | string[] | undefined): boolean {
  if (answer === undefined || answer.length === 0) return allowed.includes(noAnswer);
  return typeof answer === "string" ? allowed.includes(answer) : answer.some((code) => allowed.includes(code));
}

function entriesOf(way: Conditions): [keyof Conditions, readonly string[]][] {
  return Object.entries(way) as [keyof Conditions, readonly string[]][];
}
