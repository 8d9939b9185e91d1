import { addDays, berlinDay, instantOf } from "./berlin.ts";
import { hoursOf, openingsOn } from "./hours.ts";
import type { Weekly } from "./office.ts";
import type { Place } from "./place.ts";

/** From one moment to another (ms since 1970), without the last. */
interface Span {
  from: number;
  to: number;
}

/**
 * The first moment of a team's office hours at which so many minutes of them have passed since a moment; with 0 the
 * next moment at which somebody works. Undefined where the team never does.
 */
export function afterOfficeMinutes(
  place: Place,
  team: string | undefined,
  since: number,
  minutes: number,
): number | undefined {
  let left = minutes * minute;
  for (const span of spansFrom(place, hoursOf(place, team), since)) {
    const length = span.to - span.from;
    // At the end of the hours nobody is there to read it any more.
    if (left < length) return span.from + left;
    left -= length;
  }
  return undefined;
}

/** How many minutes of a team's office hours lie between two moments. */
export function officeMinutes(place: Place, team: string | undefined, since: number, until: number): number {
  let passed = 0;
  for (const span of spansFrom(place, hoursOf(place, team), since)) {
    if (span.from >= until) break;
    passed += Math.min(span.to, until) - span.from;
  }
  return passed / minute;
}

/** Whether a team works on a day at all. */
export function isOfficeDay(place: Place, team: string | undefined, day: string): boolean {
  return openingsOn(place, hoursOf(place, team), day).length > 0;
}

const minute = 60_000;
/** Days looked ahead, so that hours that never come end the search. */
const horizon = 366;

/** What is left of office hours from a moment on, in order. Lengths are real time, also where the clocks change. */
function* spansFrom(place: Place, hours: Weekly, since: number): Generator<Span> {
  const first = berlinDay(since);
  for (let days = 0; days <= horizon; days++) {
    for (const { from, to } of spansOn(place, hours, addDays(first, days))) {
      if (to > since) yield { from: Math.max(from, since), to };
    }
  }
}

/** The hours of a day as moments. Rows may overlap: no minute counts twice. */
function spansOn(place: Place, hours: Weekly, day: string): Span[] {
  const spans: Span[] = [];
  for (const row of openingsOn(place, hours, day)) {
    const [from, to] = [instantOf(day, row.from), instantOf(day, row.to)];
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (from < to) spans.push({ from, to });
  }
  return spans;
}
