import type { Weekly } from "./office.ts";
import type { Value } from "./prompt.ts";
import type { LocalName, LocalText } from "./validity.ts";

/** A name of the place's file as a value: as it is, or by its path where it differs by language. */
export function named(name: LocalName | LocalText, path: string): Value {
  return typeof name === "string" ? name : { type: "place", path };
}

/** Marks what is made up, so that nobody takes it for a fact. */
export function shown(value: Value, example: true | undefined): Value {
  return example ? { type: "text", key: "example", values: { value } } : value;
}

/** Weekly hours, one after the other. */
export function hoursLine(weekly: Weekly): Value[] {
  return weekly.map(({ days, from, to }) => ({ type: "hours", days, from, to }));
}
