import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { flows } from "../../flows/index.ts";
import type { Question } from "../../flows/question.ts";
import { authorityCodes } from "../../src/domain/authority.ts";
import { keepRules } from "../../src/domain/triage.ts";
import { givenOf } from "./given.ts";

/** All questions, with the state that asks them. */
export function questionsOfFlows(): { flow: string; state: string; question: Question }[] {
  return Object.entries(flows).flatMap(([flow, { machine }]) =>
    Object.entries(machine.states).flatMap(([state, { meta }]) =>
      meta?.question ? [{ flow, state, question: meta.question }] : [],
    ),
  );
}

/** The keys of all texts that flows and turns can say: those of questions and labels, and those written in the code. */
export function keysOfFlows(): string[] {
  const asked = questionsOfFlows().flatMap(({ question }) => [question.key, ...labelsOf(question)]);
  const root = join(import.meta.dirname, "..", "..");
  const written = globSync(["flows/**/*.ts", "src/conversation/*.ts"], {
    cwd: root,
    // Cards and notices have texts of their own, for staff.
    exclude: ["src/conversation/render-card.ts", "src/conversation/render-notice.ts"],
  }).flatMap((file) => {
    const source = readFileSync(join(root, file), "utf8");
    const found = source.matchAll(
      /(?:key: |say\(|why: |text\()(?:\w+ \? )?"([a-zA-Z]+[.\w]*)"(?: : "([a-zA-Z]+[.\w]*)")?/g,
    );
    return [...found].flatMap(([, one, other]) => [one, other]).filter((key) => key !== undefined);
  });
  return [
    ...new Set([
      ...asked,
      ...written,
      ...keepRules.map((rule) => `reason.${rule}`),
      ...authorityCodes.map((code) => `authority.${code}`),
    ]),
  ];
}

function labelsOf({ key, choices = [] }: Question): string[] {
  if (typeof choices !== "function") return choices.map((value) => `${key}.choice.${value}`);
  return ["en", "de"].flatMap((language) =>
    choices({ answers: {} }, { ...givenOf(), language }).flatMap(({ value, label }) => {
      if (label === undefined) return [`${key}.choice.${value}`];
      return typeof label === "object" && label.type === "text" ? [label.key] : [];
    }),
  );
}
