import { ask, open, say } from "./ask.ts";
import { conversation } from "./conversation.ts";

/** What is kept about the person, and deleting all of it. `answers.delete` goes to that question at once. */
export const data = conversation.createMachine({
  id: "data",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: {
      on: {
        open: [{ guard: ({ context }) => context.answers.delete === "yes", target: "confirm" }, { target: "kept" }],
      },
    },
    kept: ask(
      {
        key: "data",
        choices: ["read", "agreements", "delete", "end"],
        values: (_, { agreed, place }) => ({
          kept: agreed
            ? { type: "text", key: "data.kept.agreed", values: { count: place.retention.open_intake_days } }
            : { type: "text", key: "data.kept.before" },
        }),
      },
      {
        read: {
          actions: { type: "say", params: { key: "legal", values: { text: { type: "place", path: "notice.full" } } } },
        },
        agreements: { actions: open("agreements") },
        delete: { target: "confirm" },
        end: { target: "done" },
      },
    ),
    confirm: ask(
      { key: "data.delete", choices: ["yes", "no"] },
      { yes: { target: "erasing" }, no: { target: "done" } },
    ),
    erasing: {
      entry: { type: "request", params: { type: "erase", params: {} } },
      on: {
        erased: [
          { guard: ({ event }) => event.kept, actions: say("data.erasedWithCase"), target: "done" },
          { actions: say("data.erased"), target: "done" },
        ],
      },
    },
    done: { type: "final" },
  },
});
