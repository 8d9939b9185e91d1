/** The buttons of a message, read: which question they belong to, and what can be answered. */
export interface Question {
  name: string;
  /** Number of the question in the conversation; a greater one is a newer question. */
  token: number;
  values: string[];
}

// A question is known by values that only it has. The first that fits counts.
const marks: readonly (readonly [name: string, ...values: string[]])[] = [
  ["home", "help"],
  ["agreement", "exceptions"],
  ["forWhom", "self"],
  ["where", "shelter"],
  ["age", "27to66"],
  ["payer", "jobcenter"],
  ["children", "under6"],
  ["paper", "skip"],
  ["fictionFor", "temp_protection_24", "other"],
  ["firstDocument", "before", "since"],
  ["euStatus", "five_years"],
  ["reach", "here", "phone"],
  ["safeTime", "morning"],
  ["person", "soon"],
  ["advice", "end", "continue"],
  ["summary", "send"],
  ["change", "none", "forWhom"],
  ["sent", "later"],
  ["pause", "continue"],
  ["work", "yes", "no", "unsure"],
  ["interpreter", "other", "no"],
  ["yesOrNo", "yes", "no"],
  ["language", "de"],
];

/** Reads the data of a message's buttons; undefined when it asks nothing. Menu and urgent help are no answers. */
export function readQuestion(data: readonly string[]): Question | undefined {
  const values: string[] = [];
  let token = 0;
  for (const item of data) {
    const colon = item.indexOf(":");
    if (colon < 1 || item.startsWith("!")) continue;
    token = Number.parseInt(item.slice(0, colon), 36);
    values.push(item.slice(colon + 1));
  }
  return values.length === 0 ? undefined : { name: nameOf(values), token, values };
}

function nameOf(values: string[]): string {
  if (values.some((value) => /^[+-]/.test(value))) return "needs";
  return marks.find(([, ...mark]) => mark.every((value) => values.includes(value)))?.[0] ?? "unknown";
}
