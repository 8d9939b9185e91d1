import { ask, say } from "./ask.ts";
import { conversation } from "./conversation.ts";

/** Asks for the agreement to the intake, with a layered notice, and goes on to it. `answers.afterwards` is the flow after it. */
export const agreement = conversation.createMachine({
  id: "agreement",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "asking" } },
    asking: ask(
      {
        key: "agreement",
        choices: ["yes", "read", "exceptions", "no"],
        values: ({ answers }, { channel }) => ({
          notice: { type: "place", path: "notice.short" },
          channel: { type: "place", path: `notice.${channel}` },
          agreement: { type: "place", path: "agreement.intake" },
          ...(answers.afterwards === "contact" && { context: "contact" }),
        }),
      },
      {
        yes: {
          actions: [
            { type: "recordAgreement", params: { purpose: "intake", state: "given", text: "agreement.intake" } },
            {
              type: "replace",
              params: ({ context: { answers } }) => {
                const { afterwards = "intake", ...known } = answers;
                return { flow: String(afterwards), answers: known };
              },
            },
          ],
        },
        read: {
          actions: { type: "say", params: { key: "legal", values: { text: { type: "place", path: "notice.full" } } } },
        },
        exceptions: {
          actions: {
            type: "say",
            params: { key: "legal", values: { text: { type: "place", path: "notice.exceptions" } } },
          },
        },
        // A refusal leaves no record: without agreement nothing is kept.
        no: { actions: say("agreement.refused"), target: "done" },
      },
    ),
    done: { type: "final" },
  },
});
