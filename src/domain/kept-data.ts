import type { IntakeAnswers } from "./answers.ts";
import type { CaseStatus } from "./case.ts";
import type { Answers } from "./effect.ts";

/** One of a person's cases as the person sees it. */
export interface KeptCase {
  code: string;
  status: CaseStatus;
  forWhom: string;
  /** Calendar days: when it was sent, and by when somebody answers. */
  sentOn: string;
  dueOn: string;
  /** Of the latest version. */
  answers: IntakeAnswers;
}

/** A colleague's reading of a case; `part` is a code. */
export interface Reading {
  at: number;
  /** Missing where somebody does not show it to people. */
  name: string | null;
  part: string;
  code: string;
}

/** What is kept about a person, as far as it fits into a talk. Codes and days, no texts. */
export interface KeptData {
  /** Oldest first; none that is erased. */
  cases: KeptCase[];
  /** The latest word on each purpose. */
  agreements: { purpose: string; recipient?: string; state: string; day: string }[];
  /** The answers that went to offices, and on which calendar day; oldest first. */
  handedOver?: { office: string; answers: Answers; day: string }[];
  /** Newest first; undefined where readings are not recorded. */
  readings?: Reading[];
}

/** A file that was made for a person: to be read, or for other programs. */
export interface MadeFile {
  id: string;
  kind: "page" | "data";
  /** Opens it once, on a channel where it is fetched. */
  token?: string;
}
