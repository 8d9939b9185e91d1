import { ask, keep, say } from "./ask.ts";
import { type Context, conversation, type Given } from "./conversation.ts";
import { adviceLines, crisisLines, municipalityChoices, phoneOf, siteLines } from "./place-lines.ts";
import { parseTown } from "./replies/town.ts";

const everywhere = "everywhere";

/** Where to go: open hours and places, independent advice, emergency numbers. Nothing is asked about the person. */
export const orientation = conversation.createMachine({
  id: "orientation",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: {
      on: {
        open: [
          { guard: ({ context }) => context.answers.town !== undefined, target: "places" },
          { guard: ({ context }) => context.answers.topic === "hours", target: "town" },
          { target: "about" },
        ],
      },
    },
    about: { entry: say("orientation.about"), always: "topic" },
    topic: ask(
      { key: "orientation.topic", choices: ["hours", "advice", "numbers", "end"] },
      {
        hours: { target: "town" },
        advice: {
          actions: {
            type: "say",
            params: ({ event }) => ({
              key: "orientation.advice",
              values: { offices: { type: "list", style: "lines", items: adviceLines(event.given.place) } },
            }),
          },
        },
        numbers: {
          actions: {
            type: "say",
            params: ({ event }) => ({
              key: "orientation.numbers",
              values: { numbers: { type: "list", style: "lines", items: crisisLines(event.given.place) } },
            }),
          },
        },
        end: { target: "done" },
      },
    ),
    town: ask(
      {
        key: "orientation.town",
        choices: (_, { place }) => [...municipalityChoices(place), { value: everywhere, always: true }],
        open: (words, given) => parseTown(words, given, []),
      },
      { "*": { actions: keep("town"), target: "places" } },
    ),
    places: {
      entry: { type: "say", params: ({ context, event }) => places(context, event.given) },
      always: "topic",
    },
    done: { type: "final" },
  },
});

function places({ answers }: Context, { place }: Given) {
  const town = answers.town === everywhere ? undefined : String(answers.town);
  const here = siteLines(place, town);
  // A town without open hours of its own: people may come to any.
  const items = here.length > 0 ? here : siteLines(place);
  const key = here.length > 0 ? "orientation.places" : "orientation.placesElsewhere";
  return { key, values: { places: { type: "list" as const, style: "lines" as const, items }, phone: phoneOf(place) } };
}
