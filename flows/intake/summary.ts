import { type IntakeAnswers, intakeAnswers } from "../../src/domain/answers.ts";
import type { Answers } from "../../src/domain/effect.ts";
import { notesFor } from "../../src/domain/notes.ts";
import { named } from "../../src/domain/place-value.ts";
import type { Choice, Value, Values } from "../../src/domain/prompt.ts";
import { propose } from "../../src/domain/triage.ts";
import type { Context, Given } from "../conversation.ts";
import { type Path, pathOf } from "./path.ts";
import type { Step } from "./step.ts";
import { wholeIntake } from "./steps.ts";

/** Every answer in words, and what would be proposed, each with its reason. */
export function summaryValues(steps: Step[], context: Context, given: Given): Values {
  const path = pathOf(steps, context.answers, given);
  const notes = notesFor(given.place, path.answers, given.at);
  return {
    answers: { type: "list", style: "lines", items: answerLines(path, context, given) },
    proposals: { type: "list", style: "lines", items: proposalLines(path.answers, given) },
    ...(notes.length > 0 && {
      context: "notes",
      notes: {
        type: "list",
        style: "lines",
        items: notes.map(({ id }) => ({ type: "place", path: `notes.${id}.text` })),
      },
    }),
  };
}

/** The questions that can be answered anew, also those that were skipped. */
export function changeChoices(steps: Step[], context: Context, given: Given): Choice[] {
  return pathOf(steps, context.answers, given)
    .steps.filter((step) => step.name !== "advice" && !step.optional)
    .map((step) => ({ value: step.name }));
}

/** The answer to a step as it was chosen: labels by key, names of the place, or words. */
export function answerValue(step: Step, context: Context, given: Given): Value {
  const { choices } = step.question;
  const all = typeof choices === "function" ? choices(context, given) : (choices ?? []).map((value) => ({ value }));
  const labels = [context.answers[step.name] ?? []].flat().map((code): Value => {
    const choice: Choice | undefined = all.find(({ value }) => value === code);
    // Said in another language than that of the conversation now.
    if (!choice && step.name === "interpreter" && code === "yes")
      return { type: "text", key: "intake.interpreter.choice.any" };
    if (!choice) return code;
    return choice.label ?? { type: "text", key: `intake.${step.name}.choice.${code}` };
  });
  // Labels may have commas of their own, and begin with a capital letter.
  return labels.length === 1 && labels[0] !== undefined ? labels[0] : { type: "list", style: "row", items: labels };
}

/** Answers that were sent, each with its question, in whatever version they are. */
export function sentAnswers(answers: Answers, given: Given): Value[] {
  return wholeIntake
    .filter(({ name }) => name !== "advice" && answers[name] !== undefined && answers[name].length > 0)
    .map((step) => answerLine(step, { answers }, given));
}

function answerLine(step: Step, context: Context, given: Given): Value {
  return {
    type: "text",
    key: `intake.summary.${step.name}`,
    values: { answer: answerValue(step, context, given) },
  };
}

function answerLines(path: Path, context: Context, given: Given): Value[] {
  return path.steps
    .filter((step) => path.answers[step.name] !== undefined)
    .map((step) => answerLine(step, context, given));
}

function proposalLines(answers: Answers, { place, at }: Given): Value[] {
  const valid = intakeAnswers.safeParse(answers);
  if (!valid.success) return [];
  return propose(place, valid.data satisfies IntakeAnswers, at).map(({ authority, office, reason, values }) => {
    const name = office === undefined ? undefined : place.offices[office]?.name;
    return {
      type: "text",
      key: "intake.proposal",
      values: {
        office:
          name === undefined ? { type: "text", key: `authority.${authority}` } : named(name, `offices.${office}.name`),
        reason: { type: "text", key: reason, values },
      },
    };
  });
}
