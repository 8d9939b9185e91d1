import type { Question as Name } from "../../src/domain/answers.ts";
import type { Answers } from "../../src/domain/effect.ts";
import type { Prompt } from "../../src/domain/prompt.ts";
import type { Given } from "../conversation.ts";
import type { Question } from "../question.ts";

/** One question of the intake. The steps stand in the order of `intakeAnswers`, which triage relies on, too. */
export interface Step {
  /** The answer that it finds out; `advice` is about nothing that is kept. */
  name: Name | "advice";
  /** Place among the numbered questions; a sub-question has none. */
  number?: number;
  question: Omit<Question, "key" | "several" | "progress">;
  several?: true;
  /** Whether it is asked, as far as the answers to the steps before it say. */
  needed(before: Answers, given: Given): boolean;
  /** The choice that is no answer: nothing is kept, also not that it was chosen. */
  skip?: string;
  /** Only asked for by the person, from the summary; never dropped. */
  optional?: true;
  /** What is said at once to an answer. */
  reply?: { [value: string]: (given: Given) => Prompt };
}
