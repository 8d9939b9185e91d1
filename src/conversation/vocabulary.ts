import { folded } from "../../flows/replies/folded.ts";
import type { CommandName, Texts } from "../domain/texts.ts";
import { commandNames } from "../domain/texts.ts";
import { type LanguageNames, languageNames } from "./language-names.ts";
import { type FindUrgent, urgentWords } from "./urgent-words.ts";

/** All that people may type, folded and ready to be looked up. Made once for all texts. */
export interface Vocabulary {
  texts: Texts;
  findUrgent: FindUrgent;
  commands: Map<string, CommandName>;
  /** Words around a command that don't change it, longest first. */
  polite: string[];
  languages: LanguageNames;
  /** The keys of all labels that read so, in any language. */
  labels: Map<string, Set<string>>;
  yes: Set<string>;
  no: Set<string>;
}

const made = new WeakMap<Texts, Vocabulary>();

export function vocabularyOf(texts: Texts): Vocabulary {
  const before = made.get(texts);
  if (before) return before;
  const codes = texts.languages.map(({ code }) => code);
  const vocabulary: Vocabulary = {
    texts,
    findUrgent: urgentWords(texts),
    commands: new Map(
      commandNames.flatMap((name) =>
        codes.flatMap((code) => (texts.words(code).commands[name] ?? []).map((word) => [folded(word), name] as const)),
      ),
    ),
    polite: codes
      .flatMap((code) => texts.words(code).polite.map(folded))
      .filter((words) => words !== "")
      .sort((a, b) => b.length - a.length),
    languages: languageNames(texts),
    labels: labelIndex(texts, codes),
    yes: new Set(codes.flatMap((code) => texts.words(code).yes.map(folded))),
    no: new Set(codes.flatMap((code) => texts.words(code).no.map(folded))),
  };
  // What folds to nothing, such as a question mark, would stand for everything without words.
  for (const typed of [vocabulary.commands, vocabulary.labels, vocabulary.yes, vocabulary.no]) typed.delete("");
  made.set(texts, vocabulary);
  return vocabulary;
}

/** Whether a key is that of a label. */
export function isLabel(key: string): boolean {
  return key.startsWith("choice.") || key.includes(".choice.");
}

function labelIndex(texts: Texts, codes: string[]): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const key of texts.keys.filter(isLabel)) {
    for (const code of codes) {
      const said = folded(texts.text(code, key));
      index.set(said, (index.get(said) ?? new Set()).add(key));
    }
  }
  return index;
}
