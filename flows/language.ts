import { ask } from "./ask.ts";
import { conversation, type FlowEvent, type Given } from "./conversation.ts";

/** All languages by their own names; the one in use, or hinted at by the platform, first. */
export const languageChoices = (_: unknown, given: Given) =>
  [given.language, ...given.languages.filter((code) => code !== given.language)].map((code) => ({
    value: code,
    label: { type: "language" as const, code },
  }));

/** Sets the language that was chosen. */
export const setLanguage = {
  type: "setLanguage",
  params: ({ event }: { event: FlowEvent }) => ({
    language: event.type === "answer" ? String(event.value) : "",
  }),
} as const;

/** Another language, at any step. */
export const language = conversation.createMachine({
  id: "language",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "choose" } },
    choose: ask({ key: "language", choices: languageChoices }, { "*": { actions: setLanguage, target: "done" } }),
    done: { type: "final" },
  },
});
