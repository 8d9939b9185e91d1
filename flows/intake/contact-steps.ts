import { interpretedCodes, type Question as Name } from "../../src/domain/answers.ts";
import type { Answers } from "../../src/domain/effect.ts";
import { named } from "../../src/domain/place-value.ts";
import { municipalityChoices } from "../place-lines.ts";
import { parsePhone } from "../replies/phone.ts";
import { parseTown } from "../replies/town.ts";
import { parseWords } from "../replies/words.ts";
import type { Step } from "./step.ts";

/** Of a step that is always asked. */
export const always = () => true;
/** Of a step that follows from an answer. */
export const is = (name: Name, value: string) => (before: Answers) => before[name] === value;

const situations = ["shelter", "not_here", "elsewhere"];

export const forWhom: Step = {
  name: "forWhom",
  number: 1,
  needed: always,
  question: { choices: ["self", "family", "other"] },
};

export const where: Step = {
  name: "where",
  number: 4,
  needed: always,
  question: {
    choices: (_, { place }) => [
      ...municipalityChoices(place),
      ...situations.map((value) => ({ value, always: true as const })),
    ],
    open: (words, given) => parseTown(words, given, situations),
  },
};

export const town: Step = {
  name: "town",
  needed: is("where", "shelter"),
  question: {
    choices: (_, { place }) => municipalityChoices(place),
    open: (words, given) => parseTown(words, given, []),
  },
};

/** Who lives in another district is told who is responsible there, and may go on all the same. */
export const advice: Step = {
  name: "advice",
  needed: is("where", "elsewhere"),
  skip: "continue",
  question: {
    choices: ["end", "continue"],
    values: (_, { place: { elsewhere } }) => ({
      name: named(elsewhere.name, "elsewhere.name"),
      url: elsewhere.url,
    }),
  },
};

const german = /^de(-|$)/;
export const interpreter: Step = {
  name: "interpreter",
  number: 5,
  needed: always,
  question: {
    choices: (_, { language }) =>
      german.test(language)
        ? [{ value: "other", label: { type: "text", key: "intake.interpreter.choice.any" } }, { value: "no" }]
        : [
            {
              value: "yes",
              label: {
                type: "text",
                key: "intake.interpreter.choice.yes",
                values: { language: { type: "language", code: language } },
              },
            },
            { value: "other" },
            { value: "no" },
          ],
  },
};

export const interpreterLanguage: Step = {
  name: "interpreterLanguage",
  needed: is("interpreter", "other"),
  question: {
    choices: (_, { language }) =>
      interpretedCodes
        .filter((code) => code !== language)
        .map((code) => ({ value: code, label: { type: "language", code } })),
    open: parseWords(60),
  },
};

export const reach: Step = { name: "reach", number: 9, needed: always, question: { choices: ["here", "phone"] } };
export const phone: Step = { name: "phone", needed: is("reach", "phone"), question: { open: parsePhone } };
export const safeTime: Step = {
  name: "safeTime",
  needed: is("reach", "phone"),
  question: { choices: ["any", "morning", "afternoon", "evening"] },
};
export const person: Step = {
  name: "person",
  needed: always,
  optional: true,
  skip: "no",
  question: { choices: ["soon", "woman", "protected", "no"] },
};
