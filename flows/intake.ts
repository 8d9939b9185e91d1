import { ask, type State } from "./ask.ts";
import { type Context, conversation } from "./conversation.ts";
import { pathOf } from "./intake/path.ts";
import { isChanged, minorPrompt, nextPrompt, rest, sentPrompt } from "./intake/sent.ts";
import type { Step } from "./intake/step.ts";
import { shortIntake, wholeIntake } from "./intake/steps.ts";
import { changeChoices, summaryValues } from "./intake/summary.ts";
import { begin, goBack, startChange, take } from "./intake/take.ts";

/** Finds out what somebody needs, and hands it to staff. */
export const intake = leadThrough("intake", wholeIntake);
/** The short form, for whoever wants to be written to or called. */
export const contact = leadThrough("contact", shortIntake);
/** The answers of a case that was sent, to be changed: a flow of its own, beside an intake that is still open. */
export const change = leadThrough("change", wholeIntake);

/** A machine with one state for each step; `route` goes on to the one that is needed next, at last to the summary. */
function leadThrough(id: string, steps: Step[]) {
  const targets = [...steps.map((step) => step.name), "minor", "summary"];
  const naturalisation = {
    type: "replace",
    params: ({ context }: { context: Context }) => ({ flow: "naturalisation", answers: context.answers }),
  } as const;
  const hours = {
    type: "open",
    params: ({ context }: { context: Context }) => ({
      flow: "orientation",
      answers: { topic: "hours", ...context.answers },
    }),
  } as const;

  return conversation.createMachine({
    id,
    version: "1",
    context: { answers: {} },
    initial: "start",
    states: {
      start: { on: { open: { actions: begin(steps), target: "route" } } },
      ...Object.fromEntries(steps.map((step) => [step.name, askStep(steps, step)])),
      route: {
        always: targets.map((step) => ({ guard: { type: "isNext", params: { step } } as const, target: step })),
      },
      summary: withBack(
        ask(
          {
            key: "intake.summary",
            private: true,
            choices: ({ sent, answers }) =>
              (sent
                ? [...(isChanged(sent.answers, answers) ? ["send"] : []), "change", "person", "leave"]
                : ["send", "change", "person", "delete"]
              ).map((value) => ({ value })),
            values: (context, given) => summaryValues(steps, context, given),
          },
          {
            send: { target: "sending" },
            change: { target: "change" },
            person: { actions: startChange, target: "route" },
            leave: { target: "left" },
            delete: { actions: { type: "open", params: { flow: "data", answers: { delete: "yes" } } } },
          },
        ),
        { actions: goBack(steps, undefined), target: "route" },
      ),
      change: withBack(
        ask(
          {
            key: "intake.change",
            private: true,
            choices: (context, given) => [...changeChoices(steps, context, given), { value: "none", always: true }],
          },
          { none: { target: "summary" }, "*": { actions: startChange, target: "route" } },
        ),
        { target: "summary" },
      ),
      // A minor without anybody goes to a person at once, with what is known.
      minor: {
        entry: { type: "say", params: ({ context, event }) => minorPrompt(context.answers, event.given) },
        always: "sending",
      },
      sending: {
        entry: {
          type: "request",
          params: ({ context, event }) => ({
            type: "submitIntake",
            params: {
              answers: pathOf(steps, context.answers, event.given).answers,
              ...(context.sent && { case: context.sent.code }),
            },
          }),
        },
        on: {
          submitted: [
            {
              guard: ({ context }) => context.sent !== undefined,
              actions: {
                type: "say",
                params: ({ event }) => ({ key: "intake.changed", values: { code: event.code } }),
              },
              target: "left",
            },
            {
              actions: [
                { type: "say", params: ({ event }) => sentPrompt(event) },
                { type: "say", params: ({ event }) => nextPrompt(event, event.given) },
                conversation.assign(({ context, event }) =>
                  "given" in event ? { answers: rest(context.answers, event.given), change: undefined } : {},
                ),
              ],
              target: "sent",
            },
          ],
          caseOver: { target: "over" },
        },
      },
      // The case was closed while its answers were changed: they may be sent as a new one.
      over: ask(
        { key: "intake.over", choices: ["new", "leave"] },
        {
          new: { actions: conversation.assign({ sent: undefined }), target: "summary" },
          leave: { target: "left" },
        },
      ),
      sent: ask(
        { key: "intake.sent", choices: ["hours", "later"] },
        {
          hours: { actions: [naturalisation, hours] },
          later: { actions: naturalisation },
        },
      ),
      left: { type: "final" },
    },
  });
}

function askStep(steps: Step[], step: Step): State {
  const { question, name, number, several, reply } = step;
  const on: Parameters<typeof ask>[1] = {};
  // Who lives elsewhere may stop here; nothing was sent, and nothing is left.
  if (name === "advice") on.end = { actions: { type: "replace", params: { flow: "orientation" } } };
  for (const [value, prompt] of Object.entries(reply ?? {})) {
    on[value] = {
      actions: [{ type: "say", params: ({ event }) => prompt(event.given) }, take(steps, step)],
      target: "route",
    };
  }
  on["*"] = { actions: take(steps, step), target: "route" };
  const state = ask(
    {
      ...question,
      key: `intake.${name}`,
      ...(several && { several: name }),
      ...(number !== undefined && { progress: { step: number, of: numbered(steps) } }),
      // i18next's variants: every text that speaks to the person has one that speaks of them.
      values: (context, given) => ({
        ...(["family", "other"].includes(String(context.answers.forWhom)) && { context: "them" }),
        ...question.values?.(context, given),
      }),
    },
    on,
  );
  return withBack(state, { actions: goBack(steps, name), target: "route" });
}

function withBack(state: State, back: NonNullable<State["on"]>["back"]): State {
  return { ...state, on: { ...state.on, back } };
}

function numbered(steps: Step[]): number {
  return steps.filter((step) => step.number !== undefined).length;
}
