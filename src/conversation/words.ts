import { isolate, isolateLatin, withoutControls } from "../domain/bidi.ts";
import { type Weekday, weekdays } from "../domain/office.ts";
import type { Place } from "../domain/place.ts";
import { placeText } from "../domain/place-text.ts";
import type { Value, Values } from "../domain/prompt.ts";
import type { Texts } from "../domain/texts.ts";

/** Puts keys and values into one language. */
export interface Words {
  /** The text of a key with its values. */
  text(key: string, values?: Values): string;
  /** A value as it stands in a text. */
  value(value: Value): string;
  /** A question's text with "3 of 9" in front. */
  progress(values: { step: number; of: number; question: string }): string;
}

/** Words in one language. `forStaff`: languages by their German names instead of their own. */
export function createWords(texts: Texts, place: Place, language: string, forStaff = false): Words {
  const rightToLeft = texts.language(language)?.direction === "rtl";
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  // Digits as on the papers that people have in their hands, in Arabic, too.
  const date = new Intl.DateTimeFormat(`${regional(language)}-u-nu-latn`, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  // What is kept for years needs the year, and nobody the weekday.
  const record = new Intl.DateTimeFormat(`${regional(language)}-u-nu-latn`, { dateStyle: "long", timeZone: "UTC" });
  const period = (unit: "hour" | "day" | "month", count: number) =>
    new Intl.NumberFormat(`${language}-u-nu-latn`, { style: "unit", unit, unitDisplay: "long" }).format(count);
  const weekday = weekdayNames(language);
  const german = new Intl.DisplayNames(["de"], { type: "language" });
  const languageNames = new Map<string, string>();
  const placeTexts = new Map<string, string>();

  const foreign = (words: string) => (rightToLeft ? isolate(words) : words);

  const languageName = (code: string): string => {
    const before = languageNames.get(code);
    if (before !== undefined) return before;
    const name = nameOf(code);
    languageNames.set(code, name);
    return name;
  };
  const nameOf = (code: string): string => {
    const own = texts.language(code)?.name;
    if (own !== undefined && !(forStaff && !code.includes("-"))) return own;
    try {
      return (forStaff ? german : new Intl.DisplayNames([code], { type: "language" })).of(code) ?? code;
    } catch {
      return code;
    }
  };

  const ofPlace = (path: string): string => {
    const before = placeTexts.get(path);
    if (before !== undefined) return before;
    // What has gone from the place's data since is shown by its id.
    const found = placeText(place, path, language) ?? path.split(".").at(-2) ?? path;
    const text = rightToLeft ? isolateLatin(found) : found;
    placeTexts.set(path, text);
    return text;
  };

  const value = (one: Value): string => {
    if (typeof one === "number") return String(one);
    if (typeof one === "string") return foreign(withoutControls(one).replaceAll("**", ""));
    switch (one.type) {
      case "text":
        return text(one.key, one.values);
      case "place":
        return ofPlace(one.path);
      case "language":
        return foreign(languageName(one.code));
      case "date":
        return (one.style === "record" ? record : date).format(Date.parse(`${one.day}T00:00:00Z`));
      case "period":
        return period(one.unit, one.count);
      case "hours":
        return text("hours.line", {
          days: list.format(one.days.map((day) => weekday[day])),
          from: one.from,
          to: one.to,
        });
      case "list": {
        const items = one.items.map(value);
        if (one.style === "lines") return items.map((item) => `• ${item}`).join("\n");
        if (one.style === "paragraphs") return items.join("\n\n");
        return one.style === "row" ? items.join(" · ") : list.format(items);
      }
    }
  };

  const text = (key: string, values?: Values): string => {
    if (!values) return texts.text(language, key);
    const rendered: { [name: string]: string | number } = {};
    for (const [name, one] of Object.entries(values)) {
      // Plurals and variants are chosen by these, they are not shown.
      rendered[name] = name === "context" || name === "count" ? (one as string | number) : value(one);
    }
    return texts.text(language, key, rendered);
  };

  return { text, value, progress: (values) => texts.text(language, "progress", values) };
}

/** English as it is written in Europe: "Wednesday 25 November". */
function regional(language: string): string {
  return language === "en" ? "en-GB" : language;
}

function weekdayNames(language: string): Record<Weekday, string> {
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  // 5 January 1970 was a Monday.
  const names = weekdays.map((day, index) => [day, format.format(Date.UTC(1970, 0, 5 + index))]);
  return Object.fromEntries(names) as Record<Weekday, string>;
}
