import type { CaseManager } from "../../store/case-managers.ts";
import { germanName } from "../german.ts";
import type { StaffPlace } from "../place.ts";
import type { StaffTexts } from "../texts.ts";
import type { Options } from "./act-fields.ts";

/** Colleagues to choose from, by team: that of the case first. */
export function peopleOptions(
  { texts, place, colleagues }: { texts: StaffTexts; place: StaffPlace; colleagues: CaseManager[] },
  team: string,
  toValue: (id: string) => string,
): Options {
  const byTeam = Map.groupBy(colleagues, (colleague) => colleague.team ?? "");
  const groups = [...byTeam].sort(([a], [b]) => Number(b === team) - Number(a === team));
  return groups.map(([id, people]) => ({
    title: place.teams[id] ? germanName(place.teams[id].name) : texts("form.noTeam"),
    options: people.map(({ id: person, name }) => ({ value: toValue(person), label: name })),
  }));
}
