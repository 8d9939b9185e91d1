import { assign, setup } from "xstate";
import type { Purpose } from "../src/domain/agreement.ts";
import type { ChannelName } from "../src/domain/channel.ts";
import type { Answers, Effect, Request, RequestResult } from "../src/domain/effect.ts";
import type { KnownAgreement } from "../src/domain/known-agreement.ts";
import type { Place } from "../src/domain/place.ts";
import type { AskedReferral } from "../src/domain/referral.ts";
import type { Question } from "./question.ts";

/** What a flow may know of the world. It comes with every event and is never kept in a position. */
export interface Given {
  /** When the message was sent, milliseconds since 1970. */
  at: number;
  place: Place;
  /** The language of the conversation, and all that are offered. */
  language: string;
  languages: string[];
  /** False until the person has chosen a language and the platform gave no hint either. */
  languageKnown: boolean;
  channel: ChannelName;
  /** Whether the person agreed to the intake, and whether naturalisation was asked about. */
  agreed: boolean;
  /** What else the person agreed to and has not taken back. */
  alsoAgreed: Purpose[];
  naturalisationAsked: boolean;
  /** No reminders: the phone is not safe. */
  quiet: boolean;
}

/** What a flow remembers between two messages. Plain JSON. */
export interface Context {
  answers: Answers;
  /** Page of the choices of the current question. */
  page?: number;
  /** The question that comes next, where that depends on the answers. */
  next?: string;
  /** The sent case whose answers are changed, and those as they were sent. */
  sent?: { code: string; answers: Answers } | undefined;
  /** While an answer is changed from the summary: which, and the answers as they were. */
  change?: { of: string; before: Answers } | undefined;
  /** What the host found, while it is shown. */
  agreements?: KnownAgreement[];
  referral?: AskedReferral | undefined;
}

export type FlowEvent =
  | { type: "open"; given: Given }
  /** The value of a choice; `+code`, `-code` and `page:1` on the way to an answer; or the words as they were parsed. */
  | { type: "answer"; value: string | string[]; given: Given }
  | { type: "back"; given: Given }
  | (RequestResult & { given: Given });

type EffectActions = { [T in Effect["type"]]: (_: unknown, params: Extract<Effect, { type: T }>["params"]) => void };
const hand = () => {};
/** Handed to the host: XState's pure `transition` returns them with their params, and nothing is carried out. */
const effects: EffectActions = {
  say: hand,
  sendFile: hand,
  setLanguage: hand,
  open: hand,
  replace: hand,
  back: hand,
  recordAgreement: hand,
  quieten: hand,
  stop: hand,
};

/** The vocabulary of all flows. A flow starts in a state that waits for `open`, and ends in a final one. */
export const conversation = setup({
  types: {
    context: {} as Context,
    events: {} as FlowEvent,
    meta: {} as { question?: Question },
  },
  actions: {
    ...effects,
    request: (_: unknown, _params: Request) => {},
    /** Keeps the answer under a name, and goes back to the first page. */
    keep: assign(({ context, event }, params: { as: string }): Partial<Context> => {
      if (event.type !== "answer") return {};
      return { answers: { ...context.answers, [params.as]: event.value }, page: 0 };
    }),
    /** Switches choices of a question with several answers on (`+code`) or off (`-code`). */
    choose: assign(({ context, event }, params: { as: string }): Partial<Context> => {
      if (event.type !== "answer") return {};
      const before = context.answers[params.as];
      const chosen = new Set(Array.isArray(before) ? before : []);
      for (const change of [event.value].flat()) {
        if (change.startsWith("+")) chosen.add(change.slice(1));
        else chosen.delete(change.slice(1));
      }
      return { answers: { ...context.answers, [params.as]: [...chosen] } };
    }),
    turnPage: assign(({ event }): Partial<Context> => {
      if (event.type !== "answer" || typeof event.value !== "string") return {};
      return { page: Number(event.value.slice("page:".length)) };
    }),
    firstPage: assign({ page: 0 }),
  },
  guards: {
    answered: ({ event }, params: { value: string }) => event.type === "answer" && event.value === params.value,
    onTheWay: ({ event }, params: { sign: "+" | "page:" }) =>
      event.type === "answer" &&
      (params.sign === "page:"
        ? typeof event.value === "string" && event.value.startsWith("page:")
        : [event.value].flat().every((value) => value.startsWith("+") || value.startsWith("-"))),
    isNext: ({ context }, params: { step: string }) => context.next === params.step,
  },
});
