import type { CaseEvent } from "../domain/case.ts";
import { germanName } from "./german.ts";
import type { StaffPlace } from "./place.ts";
import type { StaffTexts } from "./texts.ts";

/** An entry of a case's history in one line: what happened, and who did it. Its words stand apart. */
export function eventText(texts: StaffTexts, place: Pick<StaffPlace, "teams">, event: CaseEvent): string {
  const { kind, by, facts } = event;
  const teamName = (id = "") => (place.teams[id] ? germanName(place.teams[id].name) : id);
  const text = texts.find(`event.${kind}`, {
    name: by ?? "",
    to: facts.name ?? teamName(facts.to),
    team: teamName(facts.team),
    stage: texts.find(`stage.${facts.stage}`) ?? facts.stage ?? "",
    outcome: texts.find(`outcome.${facts.outcome}`) ?? facts.outcome ?? "",
    on: facts.on ? facts.on.split("-").reverse().join(".") : "",
  });
  return text ?? kind;
}
