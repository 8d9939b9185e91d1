import { isAbsent } from "../../domain/cover.ts";
import { germanName } from "../german.ts";
import type { Options } from "./act-fields.ts";
import type { CaseView } from "./case-view.ts";

/** Colleagues to choose from, by team: that of the case first. */
export function peopleOptions(
  { texts, place, colleagues, today }: Pick<CaseView, "texts" | "place" | "colleagues" | "today">,
  team: string,
  toValue: (id: string) => string,
): Options {
  const byTeam = Map.groupBy(colleagues, (colleague) => colleague.team ?? "");
  const groups = [...byTeam].sort(([a], [b]) => Number(b === team) - Number(a === team));
  return groups.map(([id, people]) => ({
    title: place.teams[id] ? germanName(place.teams[id].name) : texts("form.noTeam"),
    options: people.map((one) => ({
      value: toValue(one.id),
      label: isAbsent(one, today) ? texts("form.absent", { name: one.name }) : one.name,
    })),
  }));
}
