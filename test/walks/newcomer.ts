import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IntakeAnswers } from "../../src/domain/answers.ts";
import { locale } from "../../src/locale.ts";
import { type Plan, plainPlan } from "./plan.ts";

/** A person who walks, and what their case has to say at the end. */
export interface Newcomer {
  plan: Plan;
  answers: IntakeAnswers;
}

/**
 * Somebody who presses most answers, says some in the words and digits of a language, is mistaken once, and changes an
 * answer in the end.
 */
export function newcomerOf(language: string): Newcomer {
  const { texts, words } = locale.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, "../../locales", `${language}.json`), "utf8")),
  );
  const digits = (number: string) =>
    language === "ar" ? number.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[+digit] ?? "") : number;
  const interpreter = language.startsWith("de") ? "no" : "yes";
  const plan = plainPlan(language, {
    interpreter,
    payer: "nobody",
    firstDocument: "before",
    reach: "phone",
    safeTime: "evening",
  });
  plan.needs = ["benefits", "language", "residence_law"];
  plan.mistaken = ["housing"];
  plan.words = {
    forWhom: texts["intake.forWhom.choice.self"] ?? "",
    yesOrNo: words.no[0] ?? "",
    where: digits("33129"),
    age: digits("34"),
  };
  plan.changes = [{ question: "age", values: ["18to26"] }];
  const answers: IntakeAnswers = {
    forWhom: "self",
    needs: ["benefits", "language", "residence_law"],
    letter: "no",
    where: "delbrueck",
    interpreter,
    age: "18to26",
    payer: "nobody",
    work: "yes",
    paper: "temp_protection_24",
    firstDocument: "before",
    reach: "phone",
    phone: "+495251123456",
    safeTime: "evening",
  };
  return { plan, answers };
}
