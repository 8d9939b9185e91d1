import { isOpen } from "../src/domain/hours.ts";
import { ask, keep } from "./ask.ts";
import { conversation } from "./conversation.ts";
import { crisisLines } from "./place-lines.ts";
import { parsePhone } from "./replies/phone.ts";

export const safeTimes = ["any", "morning", "afternoon", "evening"] as const;

/**
 * Urgent help: numbers at once, and nothing is asked but whether a person may call. The talk below waits; one tap goes
 * on with it. Nothing of it is kept for staff.
 */
export const urgent = conversation.createMachine({
  id: "urgent",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "numbers" } },
    numbers: {
      entry: [
        {
          type: "say",
          params: ({ event }) => ({
            key: "urgent.numbers",
            values: { numbers: { type: "list", style: "lines", items: crisisLines(event.given.place) } },
            private: true,
          }),
        },
        { type: "say", params: { key: "urgent.sentence", private: true } },
      ],
      always: "offer",
    },
    offer: ask(
      {
        key: "urgent",
        private: true,
        choices: ["call", "unsafe", "continue"],
        values: (_, { place, at }) => ({
          team: { type: "text", key: isOpen(place, undefined, at) ? "urgent.open" : "urgent.closed" },
        }),
      },
      {
        call: { target: "agreement" },
        unsafe: {
          actions: [
            { type: "quieten", params: {} },
            { type: "say", params: { key: "urgent.unsafe", private: true } },
          ],
        },
        continue: { target: "done" },
      },
    ),
    agreement: ask(
      {
        key: "urgent.agreement",
        private: true,
        choices: ["yes", "no"],
        values: () => ({ agreement: { type: "place", path: "agreement.call" } }),
      },
      {
        yes: {
          actions: {
            type: "recordAgreement",
            params: { purpose: "call", state: "given", text: "agreement.call" },
          },
          target: "phone",
        },
        no: { target: "offer" },
      },
    ),
    phone: ask(
      { key: "urgent.phone", private: true, open: parsePhone },
      { "*": { actions: keep("phone"), target: "safeTime" } },
    ),
    safeTime: ask(
      { key: "urgent.safeTime", private: true, choices: safeTimes },
      { "*": { actions: keep("safeTime"), target: "calling" } },
    ),
    calling: {
      entry: {
        type: "request",
        params: ({ context: { answers } }) => ({
          type: "requestCall",
          params: { phone: String(answers.phone), safeTime: String(answers.safeTime) },
        }),
      },
      on: {
        callRequested: {
          actions: {
            type: "say",
            params: ({ event }) => ({
              key: "urgent.called",
              values: { due: { type: "date", day: event.due } },
              private: true,
            }),
          },
          target: "called",
        },
      },
      exit: conversation.assign({ answers: {} }),
    },
    // A second wish to be called would be the same one; what is left is the safety of the phone, and to go on.
    called: ask(
      { key: "urgent.after", private: true, choices: ["unsafe", "continue"] },
      {
        unsafe: {
          actions: [
            { type: "quieten", params: {} },
            { type: "say", params: { key: "urgent.unsafe", private: true } },
          ],
        },
        continue: { target: "done" },
      },
    ),
    done: { type: "final" },
  },
});
