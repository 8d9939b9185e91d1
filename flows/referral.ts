import type { Agreeing } from "../src/domain/effect.ts";
import type { Prompt, Value } from "../src/domain/prompt.ts";
import { ask, open, say } from "./ask.ts";
import { type Context, conversation, type Given } from "./conversation.ts";
import { wholeIntake } from "./intake/steps.ts";
import { answerValue } from "./intake/summary.ts";
import { officeLine } from "./place-lines.ts";

/**
 * May answers go to an office? Shows which office, why, and exactly what would be sent. Nothing of it is kept for staff
 * but what was decided: the answers may be about papers. `answers.id` is the referral's; `answers.after` the flow after it.
 */
export const referral = conversation.createMachine({
  id: "referral",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".leave" },
  states: {
    start: { on: { open: "reading" } },
    reading: {
      entry: {
        type: "request",
        params: ({ context }) => ({ type: "readReferral", params: { id: String(context.answers.id) } }),
      },
      on: {
        referralRead: [
          {
            guard: ({ event }) => event.referral !== undefined,
            actions: conversation.assign(({ event }) =>
              event.type === "referralRead" ? { referral: event.referral } : {},
            ),
            target: "asking",
          },
          { actions: { type: "say", params: { key: "referral.over" } }, target: "leave" },
        ],
      },
    },
    asking: ask(
      {
        key: "referral",
        private: true,
        choices: ["yes", "no", "ask"],
        values: ({ referral }, given) => ({
          ...(referral?.confidentiality && { context: "release" }),
          office: officeLine(given.place, referral?.office ?? ""),
          reason: referral?.reason ?? "",
          items: { type: "list", style: "lines", items: itemLines(referral, given) },
          agreement: { type: "place", path: `agreement.office:${referral?.office}` },
        }),
      },
      { yes: { target: "release" }, no: { target: "refusing" }, ask: { target: "noting" } },
    ),
    // The second agreement, where whoever passes it on is bound to confidentiality.
    release: {
      always: [{ guard: ({ context }) => context.referral?.confidentiality === true, target: "releasing" }, "agreeing"],
    },
    releasing: ask(
      {
        key: "referral.release",
        private: true,
        choices: ["yes", "no"],
        values: ({ referral }) => ({
          agreement: { type: "place", path: `agreement.confidentiality:${referral?.office}` },
        }),
      },
      {
        yes: { target: "agreeing" },
        no: { actions: record("confidentiality", "refused"), target: "refusing" },
      },
    ),
    agreeing: {
      entry: answer(true),
      on: {
        referralAnswered: [
          { guard: ({ event }) => !event.stands, actions: say("referral.over"), target: "leave" },
          {
            guard: ({ context }) => context.referral?.confidentiality === true,
            actions: [record("confidentiality", "given"), record("office", "given"), decided("referral.agreed")],
            target: "leave",
          },
          { actions: [record("office", "given"), decided("referral.agreed")], target: "leave" },
        ],
      },
    },
    // A no is kept also where there is nothing to answer any more.
    refusing: {
      entry: answer(false),
      on: {
        referralAnswered: { actions: [record("office", "refused"), decided("referral.refused")], target: "leave" },
      },
    },
    noting: {
      entry: {
        type: "request",
        params: ({ context }) => ({ type: "askAboutReferral", params: { id: String(context.answers.id) } }),
      },
      on: { referralNoted: { actions: say("referral.noted"), target: "leave" } },
    },
    leave: {
      always: [
        {
          guard: ({ context }) => context.answers.after === "agreements",
          actions: open("agreements"),
          target: "done",
        },
        "done",
      ],
    },
    done: { type: "final" },
  },
});

function answer(yes: boolean) {
  return {
    type: "request",
    params: ({ context }: { context: Context }) => ({
      type: "answerReferral" as const,
      params: { id: String(context.answers.id), yes },
    }),
  } as const;
}

function record(purpose: "office" | "confidentiality", state: "given" | "refused") {
  return {
    type: "recordAgreement",
    params: ({ context: { referral } }: { context: Context }): Agreeing => {
      const recipient = referral?.office ?? "";
      return {
        purpose,
        recipient,
        state,
        text: `agreement.${purpose}:${recipient}`,
        data: Object.keys(referral?.items ?? {}),
      };
    },
  } as const;
}

function decided(key: string) {
  return {
    type: "say",
    params: ({ context: { referral } }: { context: Context }): Prompt => ({
      key,
      values: { office: { type: "place", path: `offices.${referral?.office}.name` } },
    }),
  } as const;
}

/** Question and answer, as in the summary of the intake. */
function itemLines(referral: Context["referral"], given: Given): Value[] {
  const answers = referral?.items ?? {};
  return wholeIntake
    .filter(({ name }) => answers[name] !== undefined)
    .map((step) => ({
      type: "text",
      key: `intake.summary.${step.name}`,
      values: {
        // "Yes, in the language of the conversation" is no choice any more where that is German now.
        answer:
          answers[step.name] === "yes" && step.name === "interpreter"
            ? { type: "text", key: "intake.interpreter.choice.any" }
            : answerValue(step, { answers }, given),
      },
    }));
}
