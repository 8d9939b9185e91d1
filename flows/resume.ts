import { ask } from "./ask.ts";
import { conversation } from "./conversation.ts";

/** Offers an intake that was left open once more. */
export const resume = conversation.createMachine({
  id: "resume",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "offer" } },
    offer: ask(
      {
        key: "resume",
        choices: ["continue", "later", "delete"],
        values: (_, { place }) => ({ count: place.retention.open_intake_days }),
      },
      {
        continue: { target: "done" },
        later: { target: "later" },
        delete: { actions: { type: "replace", params: { flow: "data", answers: { delete: "yes" } } } },
      },
    ),
    // Waits without asking anything more, until the person wants to go on.
    later: ask({ key: "resume.later", choices: ["continue"] }, { continue: { target: "done" } }),
    done: { type: "final" },
  },
});
