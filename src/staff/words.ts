import type { Value, Values } from "../domain/prompt.ts";

/** Puts texts and values of conversations into German. Made of `locales/de.json` by whoever starts the service. */
export interface ChatWords {
  /** The text of a key with its values. */
  text(key: string, values?: Values): string;
  /** A value as it stands in a text. */
  value(value: Value): string;
}
