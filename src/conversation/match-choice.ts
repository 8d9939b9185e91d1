import { folded } from "../../flows/replies/folded.ts";
import type { Place } from "../domain/place.ts";
import { placeText } from "../domain/place-text.ts";
import type { Choice } from "../domain/prompt.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * Finds the choice that somebody typed: its label in any of our languages, its number, or a word such as "yes".
 * `said` is folded; `key` is the question's.
 */
export function matchChoice(
  said: string,
  key: string,
  choices: Choice[],
  vocabulary: Vocabulary,
  { place, language }: { place: Place; language: string },
): string | undefined {
  if (said === "") return undefined;
  const keys = vocabulary.labels.get(said);
  const byLabel = choices.find((choice) => {
    const { label } = choice;
    if (label === undefined) return keys?.has(`${key}.choice.${choice.value}`);
    if (typeof label !== "object") return folded(String(label)) === said;
    if (label.type === "text")
      return (
        keys?.has(label.key) ||
        nameInLabel(label.values?.language, said, vocabulary) ||
        codeInLabel(label.values?.code, said)
      );
    if (label.type === "language") return vocabulary.languages.isNamed(label.code, said);
    if (label.type === "place")
      return place.languages.some((code) => folded(placeText(place, label.path, code) ?? "") === said);
    return false;
  });
  if (byLabel) return byLabel.value;
  if (/^\d{1,2}$/.test(said)) return choices[Number(said) - 1]?.value;
  if (vocabulary.yes.has(said)) return choices.find(({ value }) => value === "yes")?.value;
  if (vocabulary.no.has(said)) return choices.find(({ value }) => value === "no")?.value;
  return matchPart(said, key, choices, vocabulary, language);
}

/** "Shelter" for "In a shelter": words that stand in one label and in no other, in the language of the conversation. */
function matchPart(
  said: string,
  key: string,
  choices: Choice[],
  { texts }: Vocabulary,
  language: string,
): string | undefined {
  if (said.length < 4) return undefined;
  const found = choices.filter(({ label, value }) => {
    const shown = label ?? { type: "text", key: `${key}.choice.${value}` };
    if (typeof shown !== "string" && (typeof shown !== "object" || shown.type !== "text")) return false;
    const words = typeof shown === "string" ? shown : texts.text(language, shown.key);
    return ` ${folded(words)} `.includes(` ${said} `);
  });
  return found.length === 1 ? found[0]?.value : undefined;
}

/** A case may be named by its code, with or without the dash. */
function codeInLabel(code: unknown, said: string): boolean {
  return typeof code === "string" && folded(code).replaceAll(" ", "") === said.replaceAll(" ", "");
}

/** "Yes, Ukrainian" may be typed as "Ukrainian". */
function nameInLabel(value: unknown, said: string, { languages }: Vocabulary): boolean {
  if (typeof value !== "object" || value === null || !("code" in value)) return false;
  return languages.isNamed(String(value.code), said);
}
