import { ask, replace, say } from "./ask.ts";
import { conversation } from "./conversation.ts";

/** What is possible at every step. */
export const menu = conversation.createMachine({
  id: "menu",
  version: "1",
  context: { answers: {} },
  initial: "start",
  // "Back" means the question below, whether it is pressed or typed.
  on: { back: { actions: { type: "back", params: {} }, target: ".done" } },
  states: {
    start: { on: { open: "choose" } },
    choose: ask(
      {
        key: "menu",
        choices: () => [
          ...["continue", "back", "orientation", "language", "person", "data"].map((value) => ({ value })),
          // Always in reach, however many there are.
          ...["stop", "delete"].map((value) => ({ value, always: true as const })),
        ],
      },
      {
        continue: { target: "done" },
        back: { actions: { type: "back", params: {} }, target: "done" },
        orientation: { actions: replace("orientation") },
        language: { actions: replace("language") },
        person: { actions: replace("person") },
        data: { actions: replace("data") },
        delete: { actions: { type: "replace", params: { flow: "data", answers: { delete: "yes" } } } },
        stop: { actions: [say("stopped"), { type: "stop", params: {} }], target: "done" },
      },
    ),
    done: { type: "final" },
  },
});
