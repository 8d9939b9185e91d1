import { ageCodes, type Question as Name, needCodes, paperCodes, payerCodes } from "../../src/domain/answers.ts";
import type { Answers } from "../../src/domain/effect.ts";
import { mayMatter } from "../../src/domain/triage.ts";
import type { Given } from "../conversation.ts";
import { adviceLines, officeLine, phoneOf } from "../place-lines.ts";
import { parseAge } from "../replies/age.ts";
import {
  advice,
  always,
  forWhom,
  interpreter,
  interpreterLanguage,
  is,
  person,
  phone,
  reach,
  safeTime,
  town,
  where,
} from "./contact-steps.ts";
import type { Step } from "./step.ts";

/** Asked only where a rule may still depend on it. */
const matters = (name: Name) => (before: Answers, given: Given) => mayMatter(given.place, before, name, given.at);

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

/** The whole intake: at most nine numbered questions. */
export const wholeIntake: Step[] = [
  forWhom,
  { name: "needs", number: 2, needed: always, several: true, question: { choices: needCodes } },
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
  { name: "payer", number: 7, needed: matters("payer"), question: { choices: payerCodes } },
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
      values: (_, { place }) => ({
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
