import { type AgreementOf, readAgreementKey } from "../../src/domain/agreement.ts";
import { berlinDay, berlinTime } from "../../src/domain/berlin.ts";
import type { KnownAgreement } from "../../src/domain/known-agreement.ts";
import { shown } from "../../src/domain/place-value.ts";
import type { Choice, Prompt, Value, Values } from "../../src/domain/prompt.ts";
import type { Context, Given } from "../conversation.ts";

/** A purpose by name, with the office it is for. */
export function purposeName({ purpose, recipient }: AgreementOf): Value {
  const key = `agreements.choice.${purpose}`;
  if (recipient === undefined) return { type: "text", key };
  return { type: "text", key, values: { office: { type: "place", path: `offices.${recipient}.name` } } };
}

/** Every purpose as a choice. */
export function agreementChoices({ agreements = [] }: Context): Choice[] {
  const choices = agreements.map(({ key }) => ({ value: key, label: purposeName(of(key)) }));
  return [...choices, { value: "end", always: true }];
}

/** Where each of them stands, one a line. */
export function agreementLines({ agreements = [] }: Context): Value[] {
  return agreements.map((known) => ({
    type: "text",
    key: "agreements.line",
    values: { purpose: purposeName(of(known.key)), state: stateOf(known) },
  }));
}

/** What can be done with the chosen one now. */
export function detailChoices(context: Context, given: Given): Choice[] {
  const known = chosen(context);
  return [...(known ? actsOn(known, given) : []), ...(known?.receipt ? ["receipt"] : []), "list"].map((value) => ({
    value,
  }));
}

/** The chosen one with its text in full, as it is agreed to. */
export function detailValues(context: Context, { channel, quiet }: Given): Values {
  const known = chosen(context);
  const key = known?.key ?? "intake";
  const { purpose } = of(key);
  const text: Value = { type: "place", path: `agreement.${key}` };
  return {
    purpose: purposeName(of(key)),
    state: purpose === "reminders" && quiet ? { type: "text", key: "agreements.state.quiet" } : stateOf(known),
    // The notice is a part of what the person agrees to.
    text:
      purpose === "intake"
        ? {
            type: "text",
            key: "agreements.intakeText",
            values: {
              notice: { type: "place", path: "notice.short" },
              channel: { type: "place", path: `notice.${channel}` },
              agreement: text,
            },
          }
        : text,
  };
}

/** A receipt to keep: what, when, which text, and how it is taken back. */
export function receiptPrompt(context: Context, { place }: Given): Prompt {
  const known = chosen(context);
  const { id = "", version = "", hash = "", events = [] } = known?.receipt ?? {};
  const { name, example } = place.controller;
  return {
    key: "agreements.receipt",
    private: true,
    values: {
      purpose: purposeName(of(known?.key ?? "intake")),
      events: {
        type: "list",
        style: "lines",
        items: events.map(({ state, at }) => {
          const { day, time } = berlinTime(at);
          return {
            type: "text",
            key: `agreements.event.${state}`,
            values: { at: { type: "list", style: "row", items: [{ type: "date", day, style: "record" }, time] } },
          };
        }),
      },
      controller: shown(name, example),
      id,
      version,
      hash,
    },
  };
}

function actsOn({ key, state, referral }: KnownAgreement, { agreed, quiet }: Given): string[] {
  const { purpose } = of(key);
  const isGiven = state === "given" || state === "with";
  if (purpose === "reminders" && quiet && agreed) return ["give"];
  if (isGiven) return ["withdraw"];
  switch (purpose) {
    case "contact":
    case "reminders":
      return agreed ? ["give"] : [];
    case "office":
      return referral !== undefined ? ["ask"] : [];
    // Given together with the office, or with a number to call.
    case "confidentiality":
    case "call":
      return [];
    default:
      return ["give"];
  }
}

function stateOf(known: KnownAgreement | undefined): Value {
  const { state = "none", at } = known ?? {};
  const key = `agreements.state.${state}`;
  return at === undefined
    ? { type: "text", key }
    : { type: "text", key, values: { day: { type: "date", day: berlinDay(at), style: "record" } } };
}

function chosen({ agreements, answers }: Context): KnownAgreement | undefined {
  return agreements?.find(({ key }) => key === answers.of);
}

function of(key: string): AgreementOf {
  return readAgreementKey(key) ?? { purpose: "intake" };
}
