import type { Answers } from "../../src/domain/effect.ts";
import { conversation } from "../conversation.ts";
import { newStep, nextStep, pathOf, previousStep } from "./path.ts";
import type { Step } from "./step.ts";

/**
 * Finds the first question: what is known already is not asked. The answers of a sent case, which come with its code,
 * are shown first.
 */
export function begin(steps: Step[]) {
  return conversation.assign(({ context, event }) => {
    if (!("given" in event)) return {};
    const { case: code, ...told } = context.answers;
    const path = pathOf(steps, told, event.given);
    if (typeof code === "string")
      return { answers: path.answers, sent: { code, answers: path.answers }, next: "summary" };
    return { answers: path.answers, next: nextStep(path, undefined) ?? "summary" };
  });
}

/** Keeps the answer to a step, drops what it made unnecessary, and finds the step after it. */
export function take(steps: Step[], step: Step) {
  return conversation.assign(({ context, event }) => {
    if (event.type !== "answer") return {};
    const all: Answers = { ...context.answers };
    if (event.value === step.skip) delete all[step.name];
    else if (!step.several) all[step.name] = event.value;
    const path = pathOf(steps, all, event.given);
    const { change } = context;
    const next = change
      ? newStep(pathOf(steps, change.before, event.given), path, step.name)
      : nextStep(path, step.name);
    const minor = step.name === "alone" && event.value === "yes";
    return {
      answers: path.answers,
      change: next === undefined ? undefined : change,
      next: minor ? "minor" : (next ?? "summary"),
    };
  });
}

/** Finds the step before one; a change from the summary is left by going back to it. */
export function goBack(steps: Step[], from: string | undefined) {
  return conversation.assign(({ context, event }) => {
    if (event.type !== "back") return {};
    const previous = previousStep(pathOf(steps, context.answers, event.given), from);
    return { change: undefined, next: context.change ? "summary" : (previous ?? "summary") };
  });
}

/** Asks one step again, from the summary. */
export const startChange = conversation.assign(({ context, event }) => {
  const of = event.type === "answer" ? String(event.value) : "";
  return { change: { of, before: context.answers }, next: of };
});
