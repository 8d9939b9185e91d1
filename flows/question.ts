import type { Choice, Values } from "../src/domain/prompt.ts";
import type { Context, Given } from "./conversation.ts";

/** Reads words as the answer to an open question. Undefined when they are none; never throws. */
export type Parse = (words: string, given: Given) => string | undefined;

/** What is asked in one state. Its prompt is made from it whenever the question is asked, also again. */
export interface Question {
  /** Key of its text; its choices' labels are `<key>.choice.<value>`. */
  key: string;
  choices?: readonly string[] | ((context: Context, given: Given) => Choice[]);
  /** Several may be chosen; the name under which they are kept. */
  several?: string;
  /** May also, or only, be answered in words. */
  open?: Parse;
  values?: (context: Context, given: Given) => Values;
  progress?: { step: number; of: number };
  /** Neither question nor answer is ever kept for staff. */
  private?: true;
}
