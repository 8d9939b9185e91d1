import { ageCodes, type Question as Name, needCodes, paperCodes, payerCodes } from "../../src/domain/answers.ts";
import type { Answers } from "../../src/domain/effect.ts";
import { mayMatter } from "../../src/domain/triage.ts";
import type { Context, Given } from "../conversation.ts";
import { adviceLines, municipalityChoices, named, officeLine, phoneOf } from "../place-lines.ts";
import { parseAge } from "../replies/age.ts";
import { parsePhone } from "../replies/phone.ts";
import { parseTown } from "../replies/town.ts";
import { parseWords } from "../replies/words.ts";
import type { Step } from "./step.ts";

const always = () => true;
const is = (name: Name, value: string) => (before: Answers) => before[name] === value;
/** Asked only where a rule may still depend on it. */
const matters = (name: Name) => (before: Answers, given: Given) => mayMatter(given.place, before, name, given.at);
const choices = (codes: readonly string[]) => codes;

const situations = ["shelter", "not_here", "elsewhere"];

const forWhom: Step = {
  name: "forWhom",
  number: 1,
  needed: always,
  question: { choices: ["self", "family", "other"] },
};

const where: Step = {
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

const town: Step = {
  name: "town",
  needed: is("where", "shelter"),
  question: {
    choices: (_, { place }) => municipalityChoices(place),
    open: (words, given) => parseTown(words, given, []),
  },
};

/** Who lives in another district is told who is responsible there, and may go on all the same. */
const advice: Step = {
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
const interpreter: Step = {
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

/** Languages often asked for; every other one can be written. */
const interpreted = "uk ar ru tr fa ps ku ckb ti so ro bg pl sq sr fr es it el en".split(" ");
const interpreterLanguage: Step = {
  name: "interpreterLanguage",
  needed: is("interpreter", "other"),
  question: {
    choices: (_, { language }) =>
      interpreted
        .filter((code) => code !== language)
        .map((code) => ({ value: code, label: { type: "language", code } })),
    open: parseWords(60),
  },
};

const age: Step = {
  name: "age",
  number: 6,
  needed: matters("age"),
  question: { choices: ageCodes, open: parseAge },
};

const alone: Step = {
  name: "alone",
  needed: ({ age }) => age === "under12" || age === "12to17",
  question: { choices: ["no", "yes"] },
};

const reach: Step = { name: "reach", number: 9, needed: always, question: { choices: ["here", "phone"] } };
const phone: Step = { name: "phone", needed: is("reach", "phone"), question: { open: parsePhone } };
const safeTime: Step = {
  name: "safeTime",
  needed: is("reach", "phone"),
  question: { choices: ["any", "morning", "afternoon", "evening"] },
};
const person: Step = {
  name: "person",
  needed: always,
  optional: true,
  skip: "no",
  question: { choices: ["soon", "woman", "protected", "no"] },
};

/** The whole intake: at most nine numbered questions. */
export const wholeIntake: Step[] = [
  forWhom,
  { name: "needs", number: 2, needed: always, several: true, question: { choices: choices(needCodes) } },
  {
    name: "letter",
    number: 3,
    needed: matters("letter"),
    question: { choices: ["yes", "no"] },
    reply: {
      yes: ({ place }) => ({
        key: "intake.letter.reply",
        values: {
          phone: phoneOf(place),
          offices: { type: "list", style: "lines", items: letterOffices(place).map((id) => officeLine(place, id)) },
        },
      }),
    },
  },
  where,
  town,
  advice,
  interpreter,
  interpreterLanguage,
  age,
  alone,
  { name: "payer", number: 7, needed: matters("payer"), question: { choices: choices(payerCodes) } },
  { name: "work", needed: matters("work"), question: { choices: ["yes", "no", "unsure"] } },
  {
    name: "children",
    needed: matters("children"),
    question: { choices: ["none", "under6", "6to17", "both"] },
  },
  {
    name: "paper",
    number: 8,
    needed: matters("paper"),
    // One choice for "not sure" and "prefer not to say", and nothing is kept of it (§ 87 AufenthG).
    skip: "skip",
    question: {
      private: true,
      choices: () => [...paperCodes.map((value) => ({ value })), { value: "skip", always: true }],
      values: (_: Context, { place }: Given) => ({
        advice: { type: "list", style: "lines", items: adviceLines(place) },
      }),
    },
  },
  {
    name: "fictionFor",
    needed: is("paper", "fictional_certificate"),
    question: { private: true, choices: ["temp_protection_24", "other"] },
  },
  {
    name: "firstDocument",
    needed: (before) => before.paper === "temp_protection_24" || before.fictionFor === "temp_protection_24",
    question: { private: true, choices: ["before", "since", "unsure"] },
  },
  {
    name: "euStatus",
    needed: is("paper", "eu_citizen"),
    question: { private: true, choices: ["working", "five_years", "job_seeking", "first_months", "unsure"] },
  },
  person,
  reach,
  phone,
  safeTime,
];

/** What a person must know to write or call. */
export const shortIntake: Step[] = [
  forWhom,
  { ...where, number: 2 },
  town,
  advice,
  { ...interpreter, number: 3 },
  interpreterLanguage,
  person,
  { ...reach, number: 4 },
  phone,
  safeTime,
];

/** Where a letter with a date can be shown today: advice for refugees, and what is independent. */
function letterOffices(place: Given["place"]): string[] {
  const offices = Object.values(place.responsible.refugee_advice ?? {});
  return [...new Set([...offices, ...place.independent_advice])].slice(0, 3);
}
