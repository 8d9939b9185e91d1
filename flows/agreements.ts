import { agreementKey, type Purpose, readAgreementKey } from "../src/domain/agreement.ts";
import type { Agreeing } from "../src/domain/effect.ts";
import {
  agreementChoices,
  agreementLines,
  detailChoices,
  detailValues,
  purposeName,
  receiptPrompt,
} from "./agreements/shown.ts";
import { ask, keep } from "./ask.ts";
import { type Context, conversation } from "./conversation.ts";

const found = conversation.assign(({ event }) =>
  event.type === "agreementsRead" ? { agreements: event.agreements } : {},
);

/**
 * All that the person agreed to or may agree to: each to be read, given and taken back with one press. Nothing of it is
 * kept in the conversation for staff: what matters to them stands at the case.
 */
export const agreements = conversation.createMachine({
  id: "agreements",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "reading" } },
    reading: {
      entry: { type: "request", params: { type: "readAgreements", params: {} } },
      on: {
        agreementsRead: [
          {
            guard: ({ context }) => context.answers.of !== undefined,
            actions: [
              found,
              { type: "say", params: ({ context, event }) => receiptPrompt(context, event.given) },
              conversation.assign({ answers: {} }),
            ],
            target: "list",
          },
          { actions: found, target: "list" },
        ],
      },
    },
    list: ask(
      {
        key: "agreements",
        private: true,
        choices: agreementChoices,
        values: (context) => ({ list: { type: "list", style: "lines", items: agreementLines(context) } }),
      },
      { end: { target: "done" }, "*": { actions: keep("of"), target: "one" } },
    ),
    one: ask(
      { key: "agreements.one", private: true, choices: detailChoices, values: detailValues },
      {
        give: { actions: [record("given"), said("agreements.given")], target: "reading" },
        withdraw: { actions: [record("withdrawn"), said("agreements.withdrawn")], target: "reading" },
        // Of an office it is asked anew, with exactly what would be sent.
        ask: {
          actions: {
            type: "open",
            params: ({ context }) => ({ flow: "referral", answers: { id: referralOf(context), after: "agreements" } }),
          },
          target: "done",
        },
        receipt: { actions: { type: "say", params: ({ context, event }) => receiptPrompt(context, event.given) } },
        list: { actions: conversation.assign({ answers: {} }), target: "list" },
      },
    ),
    done: { type: "final" },
  },
});

function record(state: "given" | "withdrawn") {
  return {
    type: "recordAgreement",
    params: ({ context }: { context: Context }): Agreeing => {
      const { purpose, recipient } = chosen(context);
      return {
        purpose,
        ...(recipient !== undefined && { recipient }),
        state,
        text: `agreement.${agreementKey({ purpose, recipient })}`,
      };
    },
  } as const;
}

function said(key: "agreements.given" | "agreements.withdrawn") {
  return {
    type: "say",
    params: ({ context }: { context: Context }) => {
      const of = chosen(context);
      return { key, values: { context: of.purpose, purpose: purposeName(of) }, private: true as const };
    },
  } as const;
}

function chosen({ answers }: Context): { purpose: Purpose; recipient?: string | undefined } {
  return readAgreementKey(String(answers.of)) ?? { purpose: "intake" };
}

function referralOf({ agreements, answers }: Context): string {
  return agreements?.find(({ key }) => key === answers.of)?.referral ?? "";
}
