import { folded } from "../../flows/replies/folded.ts";
import type { Texts } from "../domain/texts.ts";

interface Phrase {
  words: string[];
  language: string;
}

/** Finds words that call for urgent help, in all languages at once; false alarms are wanted rather than missed calls. */
export type FindUrgent = (said: string) => { languages: string[] } | undefined;

const indexLength = 2;

/** `said` is folded: words with one space between them. */
export function urgentWords(texts: Texts): FindUrgent {
  const index = new Map<string, Phrase[]>();
  for (const { code } of texts.languages) {
    for (const phrase of texts.words(code).urgent) {
      const words = phrase.split(/\s+/).map((word) => (word.endsWith("*") ? `${folded(word)}*` : folded(word)));
      const split = words.flatMap((word) => word.split(" "));
      const start = (split[0] ?? "").slice(0, indexLength);
      index.set(start, [...(index.get(start) ?? []), { words: split, language: code }]);
    }
  }

  return (said) => {
    const words = said.split(" ");
    for (const [at, word] of words.entries()) {
      const found = index.get(word.slice(0, indexLength))?.filter((phrase) => isAt(words, at, phrase.words)) ?? [];
      if (found.length > 0) return { languages: found.map(({ language }) => language) };
    }
    return undefined;
  };
}

function isAt(words: string[], at: number, phrase: string[]): boolean {
  return phrase.every((part, index) => {
    const word = words[at + index];
    if (word === undefined) return false;
    return part.endsWith("*") ? word.startsWith(part.slice(0, -1)) : word === part;
  });
}
