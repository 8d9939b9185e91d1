import { phoneOf } from "../../flows/place-lines.ts";
import { berlinDay } from "../domain/berlin.ts";
import { nextOpening } from "../domain/hours.ts";
import type { Place } from "../domain/place.ts";
import type { Prompt } from "../domain/prompt.ts";

/** What somebody is told who waited in vain: that nobody kept the day, whom to call and when, and that nothing is lost. */
export function latePrompt(place: Place, { code, dueOn }: { code: string; dueOn: string }, now: number): Prompt {
  const { day, from, to } = nextOpening(place, undefined, now) ?? { day: berlinDay(now), ...place.writing_hours };
  return {
    key: "late",
    values: { due: { type: "date", day: dueOn }, code, phone: phoneOf(place), day: { type: "date", day }, from, to },
  };
}
