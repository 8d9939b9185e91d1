import type { OpenAnswers } from "./answers.ts";
import type { Place } from "./place.ts";

/** The id of the municipality where the person lives, also in a shelter; none outside of the place, or not told. */
export function municipalityOf(place: Place, answers: OpenAnswers): string | undefined {
  const told = answers.where === "shelter" ? answers.town : answers.where;
  return typeof told === "string" && Object.hasOwn(place.municipalities, told) ? told : undefined;
}

/** Teams in the order in which they take over where one has nobody: municipality's, region's, coordination. */
export function teamsOf(place: Place, answers: OpenAnswers): string[] {
  return teamsFor(place, municipalityOf(place, answers));
}

/** The same of a municipality, or of somebody whose municipality is not known. */
export function teamsFor(place: Place, municipality: string | null | undefined): string[] {
  const home = place.municipalities[municipality ?? ""];
  const region = home && place.regions[home.region];
  return [...new Set([home?.team, region?.team, place.coordination].filter((team) => team !== undefined))];
}

/**
 * The team that a case goes to first. One without anybody at work sends it on to the next that has somebody; where none
 * has, or nobody knows, it stays.
 */
export function teamOf(place: Place, answers: OpenAnswers, staffed?: ReadonlySet<string>): string {
  const teams = teamsOf(place, answers);
  return teams.find((team) => staffed?.has(team)) ?? teams[0] ?? place.coordination;
}

/** Where a team that has nobody at work sends a case on to; nothing where it has, or where no other one has either. */
export function sendsOnTo(
  place: Place,
  { team, municipality }: { team: string; municipality: string | null },
  staffed: ReadonlySet<string>,
): string | undefined {
  if (staffed.has(team)) return undefined;
  const teams = teamsFor(place, municipality);
  // Of a team that is none of these (the case was handed over) all come after it.
  return teams.slice(teams.indexOf(team) + 1).find((next) => staffed.has(next));
}

/** From which team to which a case was sent on, as its history keeps it: the second one by the name it has now, too. */
export function sentOnFacts(place: Place, from: string, to: string): { team: string; to: string; name: string } {
  const name = place.teams[to]?.name ?? to;
  return { team: from, to, name: typeof name === "string" ? name : (name.de ?? to) };
}
