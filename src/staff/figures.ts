import { intakeAnswers } from "../domain/answers.ts";
import type { Cell } from "../domain/suppression.ts";
import { type CaseFigures, type Counts, waitingDays } from "../store/figures.ts";
import { germanName, languageName } from "./german.ts";
import type { StaffPlace } from "./place.ts";
import type { StaffTexts } from "./texts.ts";

/** A table of figures: its cells in order, with the words for them. */
export interface FigureTable {
  name: "places" | "standings" | "languages" | "needs";
  cells: Cell[];
  rows: { label: string; group?: string }[];
  /** Whether each case is in one cell, so that a sum means something. */
  sums: boolean;
}

/**
 * The tables with all their rows, also those without a case: which are missing would tell as well. What is more general
 * stands at the end of each, as the last count may have to be withheld.
 */
export function figureTables(texts: StaffTexts, place: StaffPlace, figures: CaseFigures): FigureTable[] {
  const table = (name: FigureTable["name"], counts: Counts, rows: Row[]): FigureTable => ({
    name,
    cells: rows.map(({ keys }) => ({
      key: keys[0] ?? "",
      count: keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0),
    })),
    rows: rows.map(({ label, group }) => ({ label, ...(group !== undefined && { group }) })),
    sums: name !== "needs",
  });
  const standings = ["claimed", "closed", ...waitingDays.map((days) => `open_${days}`), "open_more"];
  const known = new Set(place.languages);
  const others = Object.keys(figures.languages).filter((code) => !known.has(code));
  return [
    table("places", figures.places, placeRows(texts, place, figures.places)),
    table(
      "standings",
      figures.standings,
      standings.toReversed().map((key) => ({ keys: [key], label: texts.find(`figures.${key}`) ?? key })),
    ),
    table("languages", figures.languages, [
      ...place.languages.map((code) => ({ keys: [code], label: languageName(texts, code) })),
      { keys: others, label: texts("figures.languages.other") },
    ]),
    table(
      "needs",
      figures.needs,
      needs.map((need) => ({ keys: [need], label: texts.find(`answer.needs.${need}`) ?? need })),
    ),
  ];
}

interface Row {
  keys: string[];
  label: string;
  group?: string;
}

const needs: string[] = intakeAnswers.shape.needs.unwrap().element.options;

/** Each team with the municipalities that are its own, and with what else it has. */
function placeRows(texts: StaffTexts, place: StaffPlace, counts: Counts): Row[] {
  const listed = new Set<string>();
  const rows = Object.entries(place.teams).flatMap(([team, { name }]) => {
    const towns = Object.entries(place.municipalities).filter(
      ([, town]) => (town.team ?? place.regions[town.region]?.team) === team,
    );
    const own = towns.map(([id, town]) => ({
      keys: [`${team} ${id}`],
      label: germanName(town.name),
      group: germanName(name),
    }));
    for (const { keys } of own) for (const key of keys) listed.add(key);
    const others = Object.keys(counts).filter((key) => key.startsWith(`${team} `) && !listed.has(key));
    for (const key of others) listed.add(key);
    return [...own, { keys: others, label: texts("figures.places.other"), group: germanName(name) }];
  });
  const rest = Object.keys(counts).filter((key) => !listed.has(key));
  return [...rows, { keys: rest, label: texts("figures.places.other"), group: texts("figures.places.noTeam") }];
}
