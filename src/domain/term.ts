import type { Place } from "./place.ts";
import { inForce } from "./validity.ts";

/** What a thing is called on a day (`Bürgergeld`, later `Grundsicherungsgeld`). Throws for a term nobody defined. */
export function termAt(place: Place, id: string, today: string): string {
  const term = place.terms.find((candidate) => candidate.id === id);
  const current = term?.names.find((name) => inForce(name, today)) ?? term?.names.at(-1);
  if (!current) throw new Error(`The place has no term ${id}`);
  return current.name;
}
