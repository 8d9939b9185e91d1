import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import i18next, { type i18n } from "i18next";
import { isolateLatin } from "./domain/bidi.ts";
import { fill, type Template, toTemplate } from "./domain/template.ts";
import type { Texts } from "./domain/texts.ts";
import { type Locale, locale, staffLocale } from "./locale.ts";

/** The language whose keys all others must have, and that stands in for a missing text. */
export const referenceLanguage = "en";
/** The language that staff read. */
export const staffLanguage = "de";

/** Loads all texts of `locales/`. Throws with the file's name when one of them is not in shape. */
export function loadTexts(folder = join(import.meta.dirname, "..", "locales")): Texts {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const locales = files.map((file) => read(folder, file, locale));
  const staff = join("staff", `${staffLanguage}.json`);
  return createTexts(locales, existsSync(join(folder, staff)) ? read(folder, staff, staffLocale).texts : {});
}

/** Makes texts of locales. Those for staff are found in the language that staff read, below `staff.`. */
export function createTexts(locales: Locale[], staff: { [key: string]: string } = {}): Texts {
  const byCode = new Map(locales.map((one) => [one.language.code, one]));
  const reference = byCode.get(referenceLanguage);
  if (!reference) throw new Error(`locales/${referenceLanguage}.json is missing`);
  const resources = new Map(locales.map((one) => [one.language.code, shownTexts(one)]));
  const german = resources.get(staffLanguage);
  for (const [key, text] of Object.entries(staff)) if (german) german[`staff.${key}`] = text;
  const translate = translator(resources);
  const templates = new Map([...resources].map(([code, texts]) => [code, templatesOf(texts)]));
  const fallback = templates.get(referenceLanguage) ?? new Map();

  return {
    languages: locales.map((one) => one.language),
    language: (code) => byCode.get(code)?.language,
    words: (code) => (byCode.get(code) ?? reference).words,
    keys: Object.keys(reference.texts),
    has: (key) => Object.hasOwn(reference.texts, key) || Object.hasOwn(reference.texts, `${key}_other`),
    text(language, key, values) {
      const variant = values?.context === undefined ? key : `${key}_${values.context}`;
      const own = templates.get(language) ?? fallback;
      const template = own.get(variant) ?? (resources.get(language)?.[variant] ? undefined : own.get(key));
      // A value in its place is most of what there is to do, and i18next takes ten times as long for it.
      const isSimple = template !== undefined && (template.length === 1 || values?.count === undefined);
      return (isSimple ? fill(template, values) : undefined) ?? translate(language, key, values);
    },
  };
}

function translator(resources: Map<string, { [key: string]: string }>) {
  const instance: i18n = i18next.createInstance();
  void instance.init({
    resources: Object.fromEntries([...resources].map(([code, translation]) => [code, { translation }])),
    lng: referenceLanguage,
    fallbackLng: referenceLanguage,
    load: "currentOnly",
    lowerCaseLng: false,
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // Channels escape for themselves.
    interpolation: { escapeValue: false },
  });
  const fixed = new Map([...resources.keys()].map((code) => [code, instance.getFixedT(code)]));
  const fallback = instance.getFixedT(referenceLanguage);
  return (language: string, key: string, values: { [name: string]: string | number } = {}) =>
    (fixed.get(language) ?? fallback)(key, values);
}

function templatesOf(texts: { [key: string]: string }): Map<string, Template> {
  const cut = Object.entries(texts).map(([key, text]) => [key, toTemplate(text)] as const);
  return new Map(cut.flatMap(([key, template]) => (template ? [[key, template]] : [])));
}

function shownTexts({ language, texts }: Locale): { [key: string]: string } {
  if (language.direction === "ltr") return { ...texts };
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, isolateLatin(text)]));
}

function read<T>(folder: string, file: string, schema: { parse(raw: unknown): T }): T {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));
  } catch (cause) {
    throw new Error(`reading locales/${file}`, { cause });
  }
}
