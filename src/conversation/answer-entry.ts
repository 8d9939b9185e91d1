import type { Choice, Value } from "../domain/prompt.ts";
import type { Position } from "../domain/session.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { contextOf, type Draft, givenOf } from "./draft.ts";
import { choicesOf, questionOf } from "./position.ts";

/** The line for staff about an answer; none for what is private, and for steps on the way to an answer. */
export function answerEntry(draft: Draft, position: Position, value: string | string[]): LogEntry | undefined {
  const question = questionOf(position);
  if (!question || question.private || typeof value !== "string" || /^(page:|[+-])/.test(value)) return undefined;
  const choices = choicesOf(question, position, givenOf(draft));
  const label = (code: string): Value => {
    const choice: Choice | undefined = choices.find((one) => one.value === code);
    if (!choice) return code;
    return choice.label ?? { type: "text", key: `${question.key}.choice.${code}` };
  };
  if (question.several === undefined) return { type: "answered", question: question.key, answer: label(value) };
  const chosen = [contextOf(position).answers[question.several] ?? []].flat();
  return {
    type: "answered",
    question: question.key,
    answer: { type: "list", style: "inline", items: chosen.map(label) },
  };
}
