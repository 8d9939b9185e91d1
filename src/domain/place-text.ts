import type { Place } from "./place.ts";

/**
 * The text of a place at a path, in a language: a legal one (`notice.full`), or a name or text of its file
 * (`municipalities.delbrueck.name`, `notes.residence_rule.text`; items of a list by their id). German where the
 * language has none; undefined where there is no text.
 */
export function placeText(place: Place, path: string, language: string): string | undefined {
  const legal = Object.hasOwn(place.legal, path) ? place.legal[path as keyof Place["legal"]] : undefined;
  if (legal) return (legal[language] ?? legal.de)?.text;
  const found = path.split(".").reduce(step, place);
  if (typeof found === "string") return found;
  const text = step(found, language) ?? step(found, "de");
  return typeof text === "string" ? text : undefined;
}

function step(from: unknown, key: string): unknown {
  if (Array.isArray(from)) return from.find((item) => item?.id === key);
  return typeof from === "object" && from !== null && Object.hasOwn(from, key) ? Reflect.get(from, key) : undefined;
}
