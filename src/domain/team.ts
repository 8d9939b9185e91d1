import type { OpenAnswers } from "./answers.ts";
import type { Place } from "./place.ts";

/** The id of the municipality where the person lives, also in a shelter; none outside of the place, or not told. */
export function municipalityOf(place: Place, answers: OpenAnswers): string | undefined {
  const told = answers.where === "shelter" ? answers.town : answers.where;
  return typeof told === "string" && Object.hasOwn(place.municipalities, told) ? told : undefined;
}

/** Teams in the order in which they take over where one has nobody: municipality's, region's, coordination. */
export function teamsOf(place: Place, answers: OpenAnswers): string[] {
  const home = place.municipalities[municipalityOf(place, answers) ?? ""];
  const region = home && place.regions[home.region];
  return [...new Set([home?.team, region?.team, place.coordination].filter((team) => team !== undefined))];
}

/** The team that a case goes to first. */
export function teamOf(place: Place, answers: OpenAnswers): string {
  return teamsOf(place, answers)[0] ?? place.coordination;
}
