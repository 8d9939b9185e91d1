import { ask, say } from "./ask.ts";
import { conversation } from "./conversation.ts";

const record = (state: "given" | "refused") =>
  ({
    type: "recordAgreement",
    params: { purpose: "naturalisation", state, text: "agreement.naturalisation" },
  }) as const;

/** May the person be told about naturalisation? Asked once, apart from everything else; "no" stands first. */
export const naturalisation = conversation.createMachine({
  id: "naturalisation",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: {
      on: {
        open: [
          {
            guard: ({ context, event }) => event.given.naturalisationAsked || context.answers.minor === "yes",
            target: "done",
          },
          { target: "asking" },
        ],
      },
    },
    asking: ask(
      {
        key: "naturalisation",
        choices: ["no", "yes"],
        values: () => ({ agreement: { type: "place", path: "agreement.naturalisation" } }),
      },
      {
        no: { actions: [record("refused"), say("naturalisation.no")], target: "done" },
        yes: { actions: [record("given"), say("naturalisation.yes")], target: "done" },
      },
    ),
    done: { type: "final" },
  },
});
