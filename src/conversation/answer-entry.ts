import type { Choice, Value } from "../domain/prompt.ts";
import type { Position } from "../domain/session.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { contextOf, type Draft, givenOf } from "./draft.ts";
import { choicesOf, promptOf, questionOf } from "./position.ts";

/** An answer as it is shown: the choice's label, or the words. Several ones as a list. */
export function answerLabel(draft: Draft, position: Position, value: string): Value {
  const question = questionOf(position);
  if (!question) return value;
  const choices = choicesOf(question, position, givenOf(draft));
  const label = (code: string): Value => {
    const choice: Choice | undefined = choices.find((one) => one.value === code);
    if (!choice) return code;
    return choice.label ?? { type: "text", key: `${question.key}.choice.${code}` };
  };
  if (question.several === undefined) return label(value);
  const chosen = [contextOf(position).answers[question.several] ?? []].flat();
  return { type: "list", style: "inline", items: chosen.map(label) };
}

/**
 * The lines for staff about a question and its answer; none for what is private, and for steps on the way to an answer.
 * A question is kept with its answer, not when it is asked: else the time between the answer before and this question
 * would tell that a private one was asked in between.
 */
export function answerEntries(draft: Draft, position: Position, value: string | string[]): LogEntry[] {
  const question = questionOf(position);
  if (!question || question.private || typeof value !== "string" || isOnTheWay(value)) return [];
  const { key, values } = promptOf(question, position, givenOf(draft));
  return [
    { type: "said", key, ...(values && { values }) },
    { type: "answered", question: question.key, answer: answerLabel(draft, position, value) },
  ];
}

/** A page turned, or one of several choices switched: not an answer yet. */
export function isOnTheWay(value: string): boolean {
  return /^(page:|[+-])/.test(value);
}
