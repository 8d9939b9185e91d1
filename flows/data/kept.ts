import { berlinDay } from "../../src/domain/berlin.ts";
import type { Answers } from "../../src/domain/effect.ts";
import type { KeptCase, KeptData, Reading } from "../../src/domain/kept-data.ts";
import { named } from "../../src/domain/place-value.ts";
import type { Choice, Prompt, Value } from "../../src/domain/prompt.ts";
import type { Context, FlowEvent, Given } from "../conversation.ts";
import { sentAnswers } from "../intake/summary.ts";

/** Cases told at once: three with all their answers are what fits on a phone. */
const casesAtOnce = 3;
/** Readings told; all of them are in the file. */
const readingsAtOnce = 10;
const changeable = new Set(["open", "claimed"]);

/** What an event says is kept; nothing for every other event. */
export function keptIn(event: FlowEvent): KeptData {
  return event.type === "dataRead" ? event.data : { cases: [], agreements: [] };
}

/** The cases that take a new version of their answers. */
export function changeableIn(event: FlowEvent): KeptCase[] {
  return keptIn(event).cases.filter(({ status }) => changeable.has(status));
}

/** From which case on it is told. */
export function fromOf({ answers }: Context): number {
  return Number(answers.from ?? 0);
}

/** From which case on it is told next; undefined when everything was. */
export function nextFrom(context: Context, event: FlowEvent): number | undefined {
  const next = fromOf(context) + casesAtOnce;
  return next < keptIn(event).cases.length ? next : undefined;
}

/** What is kept, in words: some cases, and behind the last one everything else. */
export function keptPrompt(context: Context, event: FlowEvent, given: Given): Prompt {
  const { cases, agreements, handedOver, readings } = keptIn(event);
  const from = fromOf(context);
  const shown = cases.slice(from, from + casesAtOnce);
  const isLast = nextFrom(context, event) === undefined;
  const parts: Value[] = [
    ...(from === 0 ? [text("data.kept.chat", { language: { type: "language", code: given.language } })] : []),
    ...(cases.length === 0 ? [text("data.kept.nothingSent")] : shown.map((one) => caseValue(one, given))),
    ...(isLast
      ? [
          agreementsValue(agreements, given),
          ...handedOverValue(handedOver, given),
          ...readingsValue(readings),
          periodsValue(given),
        ]
      : []),
  ];
  return { key: "data.told", values: { parts: { type: "list", style: "paragraphs", items: parts } }, private: true };
}

function caseValue({ code, status, sentOn, dueOn, answers }: KeptCase, given: Given): Value {
  return text("data.kept.case", {
    code,
    sent: { type: "date", day: sentOn, style: "record" },
    state: text(`data.kept.state.${status}`, { due: { type: "date", day: dueOn } }),
    answers: { type: "list", style: "lines", items: sentAnswers(answers as Answers, given) },
  });
}

function agreementsValue(agreements: KeptData["agreements"], { place }: Given): Value {
  const given = agreements.filter(({ state }) => state === "given");
  if (given.length === 0) return text("data.kept.noAgreement");
  const items = given.map(({ purpose, recipient, day }) => {
    const name = text(`purpose.${purpose}`);
    const office = recipient === undefined ? undefined : place.offices[recipient]?.name;
    const whole: Value =
      recipient === undefined
        ? name
        : { type: "list", style: "row", items: [name, named(office ?? recipient, `offices.${recipient}.name`)] };
    return text("data.kept.agreement", { purpose: whole, day: { type: "date", day, style: "record" } });
  });
  return text("data.kept.agreements", { agreements: { type: "list", style: "lines", items } });
}

/** Which offices got what, and when; nothing where none did. */
function handedOverValue(handedOver: KeptData["handedOver"] = [], given: Given): Value[] {
  if (handedOver.length === 0) return [];
  const items = handedOver.map(({ office, day, answers }) =>
    text("data.kept.handedOverTo", {
      office: named(given.place.offices[office]?.name ?? office, `offices.${office}.name`),
      day: { type: "date", day },
      items: { type: "list", style: "lines", items: sentAnswers(answers, given) },
    }),
  );
  return [text("data.kept.handedOver", { offices: { type: "list", style: "lines", items } })];
}

function readingsValue(readings: Reading[] | undefined): Value[] {
  if (!readings) return [];
  if (readings.length === 0) return [text("data.kept.noReading")];
  // Whoever reads on, or another part, on the same day is told once.
  const told = new Map(
    readings.map(({ at, name, code }) => {
      const day = berlinDay(at);
      return [JSON.stringify([day, name, code]), { day, name, code }];
    }),
  );
  const items = [...told.values()].slice(0, readingsAtOnce).map(({ day, name, code }) =>
    text("data.kept.reading", {
      name: name ?? text("export.team"),
      code,
      day: { type: "date", day, style: "record" },
    }),
  );
  return [text("data.kept.readings", { readings: { type: "list", style: "lines", items } })];
}

/** How long what is kept. */
export function periodsValue({ place: { retention } }: Given): Value {
  return text("data.kept.periods", {
    open: { type: "period", unit: "day", count: retention.open_intake_days },
    notTaken: { type: "period", unit: "day", count: retention.not_taken_up_days },
    closed: { type: "period", unit: "month", count: retention.closed_case_months },
    referral: { type: "period", unit: "month", count: retention.referral_months },
    proof: { type: "period", unit: "month", count: retention.agreement_proof_months },
  });
}

/** Remembers of cases what a choice among them needs: codes, and for whom they are. */
export function casesToChoose(cases: KeptCase[]): Answers {
  return { codes: cases.map(({ code }) => code), whom: cases.map(({ forWhom }) => forWhom) };
}

/** One choice for each remembered case, and one for none of them. */
export function caseChoices({ answers }: Context): Choice[] {
  const [codes, whom] = [[answers.codes ?? []].flat(), [answers.whom ?? []].flat()];
  return [
    ...codes.map((code, index) => ({
      value: code,
      label: text("data.case", { code, who: text(`intake.forWhom.choice.${whom[index]}`) }),
    })),
    { value: "none", always: true },
  ];
}

function text(key: string, values?: { [name: string]: Value }): Value {
  return { type: "text", key, ...(values && { values }) };
}
