export interface Language {
  code: string;
  /** Its own name. */
  name: string;
  /** Other names that people may type. */
  aliases: string[];
  direction: "ltr" | "rtl";
  /** Who read it and speaks it; "nobody yet" is an honest value. */
  reviewedBy: string;
}

export const commandNames = ["start", "menu", "language", "help", "stop", "data", "delete", "back", "end"] as const;
export type CommandName = (typeof commandNames)[number];

/** What people may type in one language besides the labels of choices. */
export interface Words {
  /** Words and phrases that call for urgent help; `*` at the end of a word stands for any ending. */
  urgent: string[];
  yes: string[];
  no: string[];
  /** Words that may stand around a command without changing it, such as "please". */
  polite: string[];
  commands: { [C in CommandName]: string[] };
}

/** All texts of `locales/`, ready to be looked up. Made by `src/texts.ts`. */
export interface Texts {
  languages: Language[];
  language(code: string): Language | undefined;
  words(language: string): Words;
  /** All keys of the reference language. */
  keys: string[];
  has(key: string): boolean;
  /** The text with its placeholders filled; plurals by `count`, variants by `context`. Falls back to English. */
  text(language: string, key: string, values?: { [name: string]: string | number }): string;
}
