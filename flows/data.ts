import { ask, keep, open, say } from "./ask.ts";
import { conversation } from "./conversation.ts";
import { agreementsIn, change, deleteValues, sendFile, without } from "./data/acts.ts";
import { caseChoices, casesToChoose, changeableIn, keptIn, keptPrompt, nextFrom } from "./data/kept.ts";

const readData = { type: "request", params: { type: "readData", params: {} } } as const;

/**
 * What is kept about the person: told, given as a file, changed, deleted. `answers.delete` goes to that question at
 * once.
 */
export const data = conversation.createMachine({
  id: "data",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: {
      on: {
        open: [{ guard: ({ context }) => context.answers.delete === "yes", target: "counting" }, { target: "kept" }],
      },
    },
    kept: ask(
      {
        key: "data",
        choices: (_, { agreed, naturalisationAsked }) => [
          ...[
            "see",
            "file",
            // Whoever was asked that has sent something before, also if the agreement was taken back since.
            ...(agreed || naturalisationAsked ? ["change"] : []),
            "agreements",
            "read",
          ].map((value) => ({ value })),
          ...["delete", "end"].map((value) => ({ value, always: true as const })),
        ],
        values: (_, { agreed, place }) => ({
          kept: agreed
            ? { type: "text", key: "data.kept.agreed", values: { count: place.retention.open_intake_days } }
            : { type: "text", key: "data.kept.before" },
        }),
      },
      {
        see: {
          actions: conversation.assign(({ context }) => ({ answers: without(context, "from") })),
          target: "telling",
        },
        file: { target: "exporting" },
        change: { target: "looking" },
        read: {
          actions: { type: "say", params: { key: "legal", values: { text: { type: "place", path: "notice.full" } } } },
        },
        agreements: { actions: open("agreements") },
        delete: { target: "counting" },
        end: { target: "done" },
      },
    ),
    telling: {
      entry: readData,
      on: {
        dataRead: [
          {
            guard: ({ context, event }) => nextFrom(context, event) !== undefined,
            actions: [
              { type: "say", params: ({ context, event }) => keptPrompt(context, event, event.given) },
              conversation.assign(({ context, event }) => ({
                answers: { ...context.answers, from: String(nextFrom(context, event) ?? 0) },
              })),
            ],
            target: "more",
          },
          {
            actions: { type: "say", params: ({ context, event }) => keptPrompt(context, event, event.given) },
            target: "kept",
          },
        ],
      },
    },
    more: ask({ key: "data.more", choices: ["more", "end"] }, { more: { target: "telling" }, end: { target: "kept" } }),
    exporting: {
      entry: { type: "request", params: { type: "exportData", params: {} } },
      on: { dataExported: { actions: [sendFile("page"), sendFile("data")], target: "kept" } },
    },

    looking: {
      entry: readData,
      on: {
        dataRead: [
          { guard: ({ event }) => event.data.cases.length === 0, actions: say("data.nothingSent"), target: "kept" },
          { guard: ({ event }) => changeableIn(event).length === 0, target: "over" },
          { guard: ({ event }) => changeableIn(event).length === 1, actions: change(undefined) },
          {
            actions: conversation.assign(({ context, event }) => ({
              answers: { ...context.answers, ...casesToChoose(changeableIn(event)) },
            })),
            target: "which",
          },
        ],
      },
    },
    which: ask(
      { key: "data.which", choices: caseChoices },
      { none: { target: "kept" }, "*": { actions: keep("code"), target: "opening" } },
    ),
    opening: {
      entry: readData,
      on: {
        dataRead: [
          {
            guard: ({ context, event }) => changeableIn(event).some(({ code }) => code === context.answers.code),
            actions: change("code"),
          },
          // Closed meanwhile.
          { target: "over" },
        ],
      },
    },
    over: ask(
      { key: "data.over", choices: ["new", "end"] },
      {
        new: {
          actions: {
            type: "replace",
            params: ({ event }) => ({ flow: event.given.agreed ? "intake" : "agreement" }),
          },
        },
        end: { target: "kept" },
      },
    ),

    counting: {
      entry: readData,
      on: {
        dataRead: {
          actions: conversation.assign(({ context, event }) => ({
            answers: { ...context.answers, ...casesToChoose(keptIn(event).cases), agreements: agreementsIn(event) },
          })),
          target: "confirm",
        },
      },
    },
    confirm: ask(
      {
        key: "data.delete",
        choices: ({ answers }) =>
          ["yes", ...((answers.codes?.length ?? 0) > 1 ? ["one"] : []), "no"].map((value) => ({ value })),
        values: ({ answers }, given) => deleteValues(answers, given),
      },
      { yes: { target: "erasing" }, one: { target: "one" }, no: { target: "done" } },
    ),
    one: ask(
      { key: "data.one", choices: caseChoices },
      { none: { target: "confirm" }, "*": { actions: keep("code"), target: "confirmOne" } },
    ),
    confirmOne: ask(
      {
        key: "data.deleteOne",
        choices: ["yes", "no"],
        values: ({ answers }) => ({ code: String(answers.code) }),
      },
      { yes: { target: "erasingOne" }, no: { target: "kept" } },
    ),
    erasingOne: {
      entry: {
        type: "request",
        params: ({ context }) => ({ type: "eraseCase", params: { code: String(context.answers.code) } }),
      },
      on: {
        caseErased: {
          actions: { type: "say", params: ({ event }) => ({ key: "data.erasedOne", values: { code: event.code } }) },
          target: "kept",
        },
      },
    },
    erasing: {
      entry: { type: "request", params: { type: "erase", params: {} } },
      on: {
        erased: [
          {
            guard: ({ event }) => event.kept,
            actions: { type: "say", params: { key: "data.erasedWithCase" } },
            target: "done",
          },
          {
            guard: ({ context }) => context.answers.agreements === "yes",
            actions: { type: "say", params: { key: "data.erasedAgreed" } },
            target: "done",
          },
          { actions: say("data.erased"), target: "done" },
        ],
      },
    },
    done: { type: "final" },
  },
});
