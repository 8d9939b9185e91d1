import { createInstance } from "i18next";
import file from "../../locales/staff/de.json" with { type: "json" };

/** Gives a text of the staff pages, in German, with its values filled in. */
export interface StaffTexts {
  (key: StaffTextKey, values?: { [name: string]: string | number }): string;
  /** The text of a key that was put together from codes, or nothing where there is none. */
  find(key: string, values?: { [name: string]: string | number }): string | undefined;
  /** The ends of all keys that begin so, in the order of the file. */
  keys(prefix: string): string[];
}

/** Plurals stand in the file under their suffixes and are asked for without. */
export type StaffTextKey = WithoutPlural<keyof typeof file.texts>;
type WithoutPlural<K extends string> = K extends `${infer Stem}_${"one" | "other"}` ? Stem : K;

/** The texts of `locales/staff/de.json`. */
export const staffTexts = load();

function load(): StaffTexts {
  const i18next = createInstance({
    lng: "de",
    resources: { de: { translation: file.texts } },
    keySeparator: false,
    nsSeparator: false,
    // The pages escape, and rooms have no HTML.
    interpolation: { escapeValue: false },
  });
  void i18next.init({ initAsync: false });
  const find = (key: string, values: { [name: string]: string | number } = {}) =>
    i18next.exists(key) ? i18next.t(key, values) : undefined;
  const keys = (prefix: string) =>
    Object.keys(file.texts).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const text = (key: string, values: { [name: string]: string | number } = {}) => i18next.t(key, values);
  return Object.assign(text, { find, keys });
}
