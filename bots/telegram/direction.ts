const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const strong = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|\p{L}/u;
const isolates = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;
const marks = { ltr: "\u200e", rtl: "\u200f" };

/**
 * Gives every line of a text the direction of its language. Telegram has no attribute for it: its apps take the first
 * letter of a line, which in Arabic may belong to the name of a German office.
 */
export function direct(text: string, direction: "ltr" | "rtl"): string {
  if (direction === "ltr" && !rightToLeft.test(text)) return text;
  return text.replace(/^.*\S.*$/gm, (line) => (firstDirection(line) === direction ? line : marks[direction] + line));
}

/** The same for a button, whose label stands in the middle: it matters only where both directions meet. */
export function directLabel(label: string, direction: "ltr" | "rtl"): string {
  const isMixed = rightToLeft.test(label) && /\p{L}/u.test(label.replace(new RegExp(rightToLeft, "g"), ""));
  return isMixed ? direct(label, direction) : label;
}

/** By rule P2 of the Unicode bidirectional algorithm: the first letter that is in no isolate. */
function firstDirection(line: string): "ltr" | "rtl" | undefined {
  const letter = strong.exec(line.replace(isolates, ""))?.[0];
  if (letter === undefined) return undefined;
  return rightToLeft.test(letter) ? "rtl" : "ltr";
}
