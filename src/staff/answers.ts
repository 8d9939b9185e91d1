import { type IntakeAnswers, intakeAnswers, type Question } from "../domain/answers.ts";
import { germanName, languageName } from "./german.ts";
import type { StaffPlace } from "./place.ts";
import type { StaffTexts } from "./texts.ts";

/** An answer as staff read it; `written` are the person's own words. */
export interface AnswerLine {
  question: Question;
  label: string;
  value: string;
  written: boolean;
}

// In the order in which they are asked.
const questions = Object.keys(intakeAnswers.shape) as Question[];

type Words = { texts: StaffTexts; place: Pick<StaffPlace, "municipalities"> };

/** The answers with German labels, in the order in which they are asked. Questions without an answer are left out. */
export function answerLines({ texts, place }: Words, answers: IntakeAnswers): AnswerLine[] {
  return questions.flatMap((question) => {
    const given = answers[question];
    if (given === undefined || given.length === 0) return [];
    const parts = [given].flat().map((code) => inWords(texts, place, question, code));
    return [
      {
        question,
        label: texts.find(`question.${question}`) ?? question,
        value: parts.map((part) => part.text).join(", "),
        written: parts.some((part) => part.written),
      },
    ];
  });
}

/** What an answer was changed from and to; `before` or `after` is missing where there was, or is, none. */
export interface Change {
  label: string;
  before?: string;
  after?: string;
}

// That an answer to one of these is gone shall tell no more than that it is not there (§ 87 AufenthG).
const silent: Question[] = ["paper", "fictionFor", "firstDocument", "euStatus"];

/** What differs between two versions of the answers. */
export function changesOf(words: Words, before: IntakeAnswers, after: IntakeAnswers): Change[] {
  const [old, now] = [before, after].map((answers) => answerLines(words, answers)) as [AnswerLine[], AnswerLine[]];
  const find = (lines: AnswerLine[], question: Question) => lines.find((line) => line.question === question);
  const asked = [...new Set([...now, ...old].map((line) => line.question))];
  return asked.flatMap((question) => {
    const [was, is] = [find(old, question), find(now, question)];
    const label = (is ?? was)?.label ?? question;
    if (was?.value === is?.value || (!is && silent.includes(question))) return [];
    return [{ label, ...(was && { before: was.value }), ...(is && { after: is.value }) }];
  });
}

function inWords(texts: StaffTexts, place: Words["place"], question: Question, code: string) {
  const label = texts.find(`answer.${question}.${code}`);
  if (label !== undefined) return { text: label, written: false };
  const town = question === "where" || question === "town" ? place.municipalities[code] : undefined;
  if (town) return { text: germanName(town.name), written: false };
  const language = question === "interpreterLanguage" ? languageName(texts, code) : code;
  return { text: language, written: language === code };
}
