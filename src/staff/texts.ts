import type file from "../../locales/staff/de.json";
import type { Texts } from "../domain/texts.ts";

/** Gives a text that only staff read, in German, with its values filled in. */
export interface StaffTexts {
  (key: StaffTextKey, values?: Values): string;
  /** The text of a key that was put together from codes, or nothing where there is none. */
  find(key: string, values?: Values): string | undefined;
}

/** The keys of `locales/staff/de.json`. Plurals stand there under their suffixes and are asked for without. */
export type StaffTextKey = WithoutPlural<keyof typeof file.texts>;
type WithoutPlural<K extends string> = K extends `${infer Stem}_${"one" | "other"}` ? Stem : K;
type Values = { [name: string]: string | number };

/** The staff's texts among all texts. */
export function staffTexts(texts: Pick<Texts, "text">): StaffTexts {
  const text = (key: string, values?: Values) => texts.text("de", `staff.${key}`, values);
  return Object.assign(text, {
    find(key: string, values?: Values) {
      const found = text(key, values);
      // A missing text is its key.
      return found === `staff.${key}` ? undefined : found;
    },
  });
}
