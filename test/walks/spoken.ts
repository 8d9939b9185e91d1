import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../../src/domain/place.ts";
import { locale } from "../../src/locale.ts";

const folder = join(import.meta.dirname, "../../locales");
const locales = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => locale.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
const keys = new Set(locales.flatMap(({ texts }) => Object.keys(texts)).filter((key) => key.includes(".")));

// Shorter ones are names, or the same in several languages.
const shortestSentence = 12;
const shortestOwn = 4;

/** Finds what is wrong with a text that somebody reads in a language; an empty list when nothing is. */
export type Listener = (text: string) => string[];

/**
 * Makes a listener for one language: it hears keys and placeholders that were left, sentences of other languages, and
 * texts without a word of its own.
 */
export function listenerOf(language: string, place: Place): Listener {
  const ownTexts = sentences(language, place).join("\n");
  const foreign = locales
    .filter(({ language: { code } }) => code !== language)
    .flatMap(({ language: { code } }) => sentences(code, place))
    .filter(
      (sentence) => sentence.length >= shortestSentence && sentence.includes(" ") && !ownTexts.includes(sentence),
    );
  const words = sentences(language).filter((sentence) => sentence.length >= shortestOwn);
  return (text) => {
    const seen = plain(text);
    const left = ["{{", "}}", "undefined", "[object", ...keys].filter((sign) => seen.includes(sign));
    const strange = foreign.filter((sentence) => seen.includes(sentence));
    const isOwn = words.some((sentence) => seen.includes(sentence));
    return [...left, ...strange, ...(isOwn ? [] : [`not a word of ${language}: ${seen}`])];
  };
}

/** The labels that buttons may have in a language, as patterns: those of its texts, names of the place, languages. */
export function labelsOf(language: string, place: Place): RegExp[] {
  const one = locales.find(({ language: { code } }) => code === language);
  const choices = Object.entries(one?.texts ?? {}).filter(([key]) => key.includes("choice."));
  const names = [...textsOf(place.municipalities, language), ...locales.map((other) => other.language.name)];
  const labels = [...choices.map(([, label]) => label), ...names].map(plain);
  return labels.map((label) => new RegExp(`^${escaped(label).replace(/\{\{\w+\}\}/g, ".+")}$`));
}

/** Whether every line of a right-to-left text begins as one, by rule P2 of the Unicode bidirectional algorithm. */
export function runsRightToLeft(text: string): boolean {
  const lines = text.replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, "").split("\n");
  return lines.every((line) => /^[^\p{L}]*(?:\u200f|\p{Script=Arabic}|$)/u.test(line));
}

/** A text without marks for direction and bold, with plain spaces. */
export function plain(text: string): string {
  return text.replace(/[\u200e\u200f\u2066-\u2069]|\*\*/g, "").replace(/[^\S\n]+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
}

/** The sentences of a language, and of a place in it, without what is put into them. */
function sentences(language: string, place?: Place): string[] {
  const one = locales.find(({ language: { code } }) => code === language);
  return [...Object.values(one?.texts ?? {}), ...textsOf(place, language)]
    .flatMap((text) => text.split(/\{\{\w+\}\}|\*\*|\n|(?<=[.!?؟:]) /))
    .map((piece) => plain(piece).replace(/^[\s•·]+|[\s(·]+$/g, ""))
    .filter((piece) => /\p{L}/u.test(piece));
}

/** All texts of a place in a language, German where it has none: names, hints, legal texts. */
function textsOf(node: unknown, language: string): string[] {
  if (typeof node === "string") return [node];
  if (typeof node !== "object" || node === null) return [];
  if ("de" in node) return textsOf(Reflect.get(node, language) ?? node.de, language);
  return Object.values(node).flatMap((inner) => textsOf(inner, language));
}
