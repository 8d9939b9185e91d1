import type { conversation } from "./conversation.ts";
import type { Question } from "./question.ts";

export type State = Parameters<typeof conversation.createStateConfig>[0];
type Transitions = NonNullable<NonNullable<State["on"]>["answer"]>;
type Transition = Extract<Transitions, { actions?: unknown; guard?: unknown }>;

/**
 * A question as a state. `on` says where each answer leads: by the value of a choice, or `*` for every other answer.
 * Turning a page and switching one of several choices stay in the state.
 */
export function ask(question: Question, on: { [value: string]: Transition }): State {
  const answer: Transition[] = [];
  if (question.choices !== undefined) {
    answer.push({ guard: { type: "onTheWay", params: { sign: "page:" } }, actions: "turnPage" });
  }
  if (question.several !== undefined) {
    answer.push({
      guard: { type: "onTheWay", params: { sign: "+" } },
      actions: { type: "choose", params: { as: question.several } },
    });
  }
  for (const [value, transition] of Object.entries(on)) {
    answer.push(value === "*" ? transition : { ...transition, guard: { type: "answered", params: { value } } });
  }
  return { meta: { question }, exit: "firstPage", on: { answer } };
}

/** Says something before the flow goes on. */
export const say = (key: string) => ({ type: "say", params: { key } }) as const;
/** Puts another flow on top; this one goes on when that ends. */
export const open = (flow: string) => ({ type: "open", params: { flow } }) as const;
/** Puts another flow in the place of this one. */
export const replace = (flow: string) => ({ type: "replace", params: { flow } }) as const;
/** Keeps the answer under a name. */
export const keep = (as: string) => ({ type: "keep", params: { as } }) as const;
