import { ask, replace } from "./ask.ts";
import { conversation } from "./conversation.ts";

/** Somebody who had said stop writes again: everything is still there, and they say where to go on. */
export const comeBack = conversation.createMachine({
  id: "comeBack",
  version: "1",
  context: { answers: {} },
  initial: "start",
  on: { back: ".done" },
  states: {
    start: { on: { open: "where" } },
    where: ask(
      { key: "comeBack", choices: ["continue", "menu", "data"] },
      {
        continue: { target: "done" },
        menu: { actions: replace("menu") },
        data: { actions: replace("data") },
      },
    ),
    done: { type: "final" },
  },
});
