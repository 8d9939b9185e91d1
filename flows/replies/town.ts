import type { Given } from "../conversation.ts";
import { folded } from "./folded.ts";

/**
 * Reads the name of a municipality or a German postcode. A postcode of no municipality is `elsewhere`, where that is
 * among the situations that the question knows.
 */
export function parseTown(words: string, { place }: Given, situations: readonly string[]): string | undefined {
  const said = folded(words);
  const postcode = /(?<!\d)\d{5}(?!\d)/.exec(said)?.[0];
  for (const [id, { name, postcodes }] of Object.entries(place.municipalities)) {
    if (postcode !== undefined && postcodes.includes(postcode)) return id;
    const names = typeof name === "string" ? [name] : Object.values(name);
    if (names.some((town) => ` ${said} `.includes(` ${folded(town)} `))) return id;
  }
  return postcode !== undefined && situations.includes("elsewhere") ? "elsewhere" : undefined;
}
