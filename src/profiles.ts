import { commandNames, type Texts } from "./domain/texts.ts";

/** A bot's face on a messenger in one language: its commands and what it says of itself before the first message. */
export interface Profile {
  language: string;
  commands: { command: string; description: string }[];
  description: string;
  shortDescription: string;
}

/** The bot's face in the languages that a place offers, in their order. */
export function botProfiles(texts: Texts, languages: string[]): Profile[] {
  return languages.map((language) => ({
    language,
    // "back" needs no command of its own: it stands in the menu; "end" stands under what staff write.
    commands: commandNames
      .filter((command) => command !== "back" && command !== "end")
      .map((command) => ({ command, description: texts.text(language, `command.${command}`) })),
    description: texts.text(language, "telegram.description"),
    shortDescription: texts.text(language, "telegram.shortDescription"),
  }));
}
