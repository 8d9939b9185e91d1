import type { LocalName } from "../domain/validity.ts";
import type { StaffTexts } from "./texts.ts";

const zone = "Europe/Berlin";
const languages = new Intl.DisplayNames("de", { type: "language", languageDisplay: "standard" });
const date = new Intl.DateTimeFormat("de", { timeZone: zone, day: "2-digit", month: "2-digit", year: "numeric" });
const time = new Intl.DateTimeFormat("de", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("de", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });

/** A name of the place's file, in German. */
export function germanName(name: LocalName): string {
  return typeof name === "string" ? name : (name.de ?? Object.values(name)[0] ?? "");
}

/** The German name of a language. What is no language code was written by a person, and stays as it is. */
export function languageName(texts: StaffTexts, code: string): string {
  const own = texts.find(`language.${code}`);
  if (own) return own;
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "20.11.2026, 12:31 Uhr" */
export function dateTime(texts: StaffTexts, at: Date): string {
  return texts("time", { date: date.format(at), time: time.format(at) });
}

/** "25.11.2026", of a calendar day `2026-11-25`. */
export function shortDay(day: string): string {
  return date.format(new Date(`${day}T12:00:00Z`));
}

/** "28.11.2026" */
export function dayOf(at: Date): string {
  return date.format(at);
}

/** "Mittwoch, 25. November", of a calendar day `2026-11-25`. */
export function dayName(day: string): string {
  return weekday.format(new Date(`${day}T00:00:00Z`));
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "seit 5 min", as short as a list needs it. */
export function ageOf(texts: StaffTexts, since: Date, now: Date): string {
  const age = now.getTime() - since.getTime();
  if (age < minute) return texts("age.now");
  if (age < hour) return texts("age.minutes", { count: Math.floor(age / minute) });
  if (age < 2 * day) return texts("age.hours", { count: Math.floor(age / hour) });
  return texts("age.days", { count: Math.floor(age / day) });
}
