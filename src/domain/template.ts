/** A text cut at its placeholders: words and names by turns, words first and last. */
export type Template = string[];

/** Cuts a text. Undefined where more than a value's place is marked (nesting, formats): that is i18next's matter. */
export function toTemplate(text: string): Template | undefined {
  if (text.includes("$t(")) return undefined;
  const pieces = text.split(/\{\{\s*(\w+)\s*\}\}/);
  return pieces.some((words, index) => index % 2 === 0 && words.includes("{{")) ? undefined : pieces;
}

/** Fills in the values. Undefined when one is missing. */
export function fill(template: Template, values: { [name: string]: string | number } | undefined): string | undefined {
  let text = template[0] ?? "";
  for (let at = 1; at < template.length; at += 2) {
    const value = values?.[template[at] ?? ""];
    if (value === undefined) return undefined;
    text += value + (template[at + 1] ?? "");
  }
  return text;
}
