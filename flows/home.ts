import { ask, open, say } from "./ask.ts";
import { conversation } from "./conversation.ts";
import { languageChoices, setLanguage } from "./language.ts";

/** The bottom of every conversation: the language, what this is, and what can be done. */
export const home = conversation.createMachine({
  id: "home",
  version: "1",
  context: { answers: {} },
  initial: "start",
  states: {
    start: {
      on: {
        open: [{ guard: ({ event }) => event.given.languageKnown, target: "language" }, { target: "anyLanguage" }],
      },
    },
    language: ask(
      { key: "home.language", choices: languageChoices },
      { "*": { actions: setLanguage, target: "welcome" } },
    ),
    // Without any hint the question is asked in German and English at once.
    anyLanguage: ask(
      { key: "home.anyLanguage", choices: languageChoices },
      { "*": { actions: setLanguage, target: "welcome" } },
    ),
    welcome: {
      entry: say("home.welcome"),
      always: [{ guard: ({ event }) => event.given.place.trial, target: "trial" }, { target: "main" }],
    },
    // As long as the place's legal texts are examples.
    trial: { entry: say("trial"), always: "main" },
    main: ask(
      { key: "home.main", choices: ["help", "date", "orientation", "data", "person"] },
      {
        help: {
          actions: {
            type: "open",
            params: ({ event }) => ({ flow: event.given.agreed ? "intake" : "agreement" }),
          },
        },
        date: { actions: { type: "open", params: { flow: "orientation", answers: { topic: "hours" } } } },
        orientation: { actions: open("orientation") },
        data: { actions: open("data") },
        person: { actions: open("person") },
      },
    ),
  },
});
