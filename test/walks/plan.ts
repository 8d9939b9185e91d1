/** What a scripted person will do. The same plan leads to the same walk. */
export interface Plan {
  /** The language chosen at first, where it is offered. */
  language: string;
  /** The answers, by question; what is not named gets the usual one. */
  answers: { [question: string]: string };
  needs: string[];
  /** Switched on by mistake, and off again. */
  mistaken: string[];
  /** What is written instead of pressed, by question. */
  words: { [question: string]: string };
  /** Questions changed from the summary, one after another, each to the next of its values. */
  changes: { question: string; values: string[] }[];
}

const usual: Plan["answers"] = {
  home: "help",
  agreement: "yes",
  forWhom: "self",
  yesOrNo: "no",
  where: "delbrueck",
  interpreter: "no",
  age: "27to66",
  payer: "jobcenter",
  work: "yes",
  children: "none",
  paper: "temp_protection_24",
  fictionFor: "temp_protection_24",
  firstDocument: "since",
  reach: "here",
  safeTime: "any",
  person: "no",
  advice: "continue",
  summary: "send",
  sent: "later",
  pause: "continue",
};

/** The plan of a person who changes their mind about nothing and presses everything. */
export function plainPlan(language = "en", answers: Plan["answers"] = {}): Plan {
  return {
    language,
    answers: { ...usual, ...answers },
    needs: ["benefits", "language"],
    mistaken: [],
    words: {},
    changes: [],
  };
}

/** Plans that differ in language, needs, mistakes, answers, words and changes: the same for the same seed. */
export function planOf(seed: number, languages: readonly string[]): Plan {
  const random = generator(seed);
  const one = <T>(list: readonly T[], otherwise: T) => list[Math.floor(random() * list.length)] ?? otherwise;
  const plan = plainPlan(one(languages, "en"), {
    forWhom: one(["self", "family", "other"], "self"),
    where: one(["delbrueck", "paderborn", "bueren"], "delbrueck"),
    interpreter: one(["no", "yes"], "no"),
    age: one(["18to26", "27to66"], "27to66"),
    payer: one(["jobcenter", "nobody", "work"], "jobcenter"),
    paper: one(["temp_protection_24", "asylum_permission", "skip"], "skip"),
    reach: one(["here", "here", "phone"], "here"),
  });
  plan.needs = one([["benefits"], ["benefits", "language"], ["housing", "language", "work_training"]], ["benefits"]);
  plan.mistaken = one([[], [], ["housing"]], []).filter((need) => !plan.needs.includes(need));
  plan.words = one<Plan["words"]>([{}, { where: "33129" }, { where: "33129", age: "34" }], {});
  plan.changes = one<Plan["changes"]>([[], [], [{ question: "forWhom", values: ["self", "family"] }]], []);
  return plan;
}

/** Numbers in [0, 1), by mulberry32: the same everywhere for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
