import { folded } from "../../flows/replies/folded.ts";
import type { Texts } from "../domain/texts.ts";

/** Finds languages by the names that people type for them, in any of our languages. */
export interface LanguageNames {
  /** One of our languages by a name in whatever language. */
  find(said: string): string | undefined;
  /** Whether the words, folded, name a language. */
  isNamed(code: string, said: string): boolean;
}

export function languageNames(texts: Texts): LanguageNames {
  const ours = texts.languages.map(({ code }) => code);
  const names = ours.map((code) => new Intl.DisplayNames([code], { type: "language", fallback: "none" }));
  const known = new Map<string, Set<string>>();

  const namesOf = (code: string): Set<string> => {
    const before = known.get(code);
    if (before) return before;
    const own = new Intl.DisplayNames([code], { type: "language", fallback: "none" }).of(code);
    const { name, aliases } = texts.language(code) ?? { name: undefined, aliases: [] };
    // A variant of ours, such as plain German, has no name of its own there: "German" would be found twice.
    const foreign = code.includes("-") ? [] : [own, ...names.map((inLanguage) => inLanguage.of(code))];
    const all = [name, ...aliases, ...foreign].filter((one) => one !== undefined).map(folded);
    const set = new Set(all.filter((one) => one !== ""));
    known.set(code, set);
    return set;
  };

  const found = new Map(ours.flatMap((code) => [...namesOf(code)].map((name) => [name, code] as const)));
  return { find: (said) => found.get(said), isNamed: (code, said) => namesOf(code).has(said) };
}
