import type { Answers } from "../../src/domain/effect.ts";
import type { Given } from "../conversation.ts";
import type { Step } from "./step.ts";

export interface Path {
  /** The steps that these answers make necessary, in order; optional ones are among them. */
  steps: Step[];
  /** The answers that belong to them; all others are dropped. */
  answers: Answers;
}

/**
 * Goes through the steps as they are asked. Whether one is needed depends only on the answers before it: so going
 * back, changing an answer and dropping what is no longer needed agree with what was asked.
 */
export function pathOf(steps: Step[], all: Answers, given: Given): Path {
  const path: Path = { steps: [], answers: {} };
  for (const step of steps) {
    if (!step.needed(path.answers, given)) continue;
    path.steps.push(step);
    const answer = all[step.name];
    if (answer !== undefined) path.answers[step.name] = answer;
  }
  return path;
}

/** The first step after one that still has no answer. */
export function nextStep({ steps, answers }: Path, after: string | undefined): string | undefined {
  const from = steps.findIndex((step) => step.name === after) + 1;
  return steps.slice(from).find((step) => !step.optional && answers[step.name] === undefined)?.name;
}

/** The step before one, answered or skipped. */
export function previousStep({ steps }: Path, before: string | undefined): string | undefined {
  const asked = steps.filter((step) => !step.optional);
  const index = asked.findIndex((step) => step.name === before);
  return asked.at(index < 0 ? -1 : Math.max(index - 1, 0))?.name;
}

/** The first step after a changed one that is to be asked now; what was skipped before the change is not asked again. */
export function newStep(before: Path, now: Path, after: string): string | undefined {
  const skipped = before.steps.filter(({ name }) => before.answers[name] === undefined && name !== after);
  return nextStep({ ...now, steps: now.steps.filter((step) => !skipped.includes(step)) }, after);
}
