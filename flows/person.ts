import type { Answers } from "../src/domain/effect.ts";
import { ask } from "./ask.ts";
import { conversation, type FlowEvent } from "./conversation.ts";
import { phoneOf, siteLines } from "./place-lines.ts";

/** The short form of the intake, after the agreement where there is none yet. */
const contact = (known: Answers) =>
  ({
    type: "replace",
    params: ({ event }: { event: FlowEvent }) =>
      event.given.agreed
        ? { flow: "contact", answers: known }
        : { flow: "agreement", answers: { afterwards: "contact", ...known } },
  }) as const;

/** Ways to a person: by phone, in the open hours, or somebody writes or calls. */
export const person = conversation.createMachine({
  id: "person",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "ways" } },
    ways: ask(
      {
        key: "person",
        choices: ["write", "call", "end"],
        values: (_, { place }) => ({
          phone: phoneOf(place),
          places: { type: "list", style: "lines", items: siteLines(place) },
        }),
      },
      {
        write: { actions: contact({ person: "soon" }) },
        call: { actions: contact({ person: "soon", reach: "phone" }) },
        end: { target: "done" },
      },
    ),
    done: { type: "final" },
  },
});
