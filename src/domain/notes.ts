import type { OpenAnswers } from "./answers.ts";
import { berlinDay } from "./berlin.ts";
import { holds } from "./condition.ts";
import type { Place } from "./place.ts";
import type { Note } from "./rule.ts";
import { inForce } from "./validity.ts";

/** What people with these answers should know at a moment (ms since 1970). The text is at `notes.<id>.text`. */
export function notesFor(place: Place, answers: OpenAnswers, at: number): Note[] {
  const today = berlinDay(at);
  return place.notes.filter((note) => inForce(note, today) && holds(note.when, answers));
}
