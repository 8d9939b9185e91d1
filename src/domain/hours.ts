import { addDays, berlinTime, instantOf } from "./berlin.ts";
import { holidayOn } from "./holiday.ts";
import { type Weekday, type Weekly, weekdays } from "./office.ts";
import type { Place } from "./place.ts";
import type { Priority } from "./prompt.ts";
import { inForce } from "./validity.ts";

/** Hours on one day, as clock times in Europe/Berlin. */
export interface Opening {
  day: string;
  from: string;
  to: string;
}

/** Whether somebody of a team works at a moment (ms since 1970); without a team, somebody of the place. */
export function isOpen(place: Place, team: string | undefined, at: number): boolean {
  return isOpenAt(place, hoursOf(place, team), at);
}

/** When a team works next, from a moment on that is outside of its hours (within them: now). */
export function nextOpening(
  place: Place,
  team: string | undefined,
  at: number,
): (Opening & { at: number }) | undefined {
  const next = openings(place, hoursOf(place, team), at, 1)[0];
  return next && { ...next, at: Math.max(at, instantOf(next.day, next.from)) };
}

/**
 * The calendar day by which somebody answers: so many working days after the one on which it was sent. What is due on
 * the same day (0) and comes after hours is due on the next working day.
 */
export function dueDay(place: Place, priority: Priority, at: number): string {
  let day = berlinTime(at).day;
  const days = place.answer_within[priority];
  if (days === 0) return nextOpening(place, undefined, at)?.day ?? day;
  for (let left = days, steps = 0; left > 0 && steps < horizon; steps++) {
    day = addDays(day, 1);
    if (isWorkingDay(place, place.office_hours, day)) left--;
  }
  return day;
}

/** Whether weekly hours are open at a moment, holidays and closures of the place left out. */
export function isOpenAt(place: Place, hours: Weekly, at: number): boolean {
  const { day, time } = berlinTime(at);
  return openingsOn(place, hours, day).some(({ from, to }) => from <= time && time < to);
}

/** The next openings of weekly hours that are not over at a moment, in order. */
export function openings(place: Place, hours: Weekly, at: number, count: number): Opening[] {
  const now = berlinTime(at);
  const found: Opening[] = [];
  for (let day = now.day, steps = 0; found.length < count && steps < horizon; day = addDays(day, 1), steps++) {
    found.push(...openingsOn(place, hours, day).filter(({ to }) => day > now.day || to > now.time));
  }
  return found.slice(0, count);
}

/** Days looked ahead, so that hours that never come end the search. */
const horizon = 366;

/** When somebody of a team works: its own hours, or the place's. */
export function hoursOf(place: Place, team: string | undefined): Weekly {
  return place.teams[team ?? ""]?.office_hours ?? place.office_hours;
}

function isWorkingDay(place: Place, hours: Weekly, day: string): boolean {
  return openingsOn(place, hours, day).length > 0;
}

/** The hours on one day; none on holidays and days of closure. */
export function openingsOn(place: Place, hours: Weekly, day: string): Opening[] {
  if (holidayOn(place.holidays, day) || place.closures.some(({ from, to }) => from <= day && day <= to)) return [];
  const weekday = weekdayOf(day);
  return hours
    .filter((row) => inForce(row, day) && row.days.includes(weekday))
    .map(({ from, to }) => ({ day, from, to }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

function weekdayOf(day: string): Weekday {
  const sundayFirst = new Date(`${day}T00:00Z`).getUTCDay();
  return weekdays[(sundayFirst + 6) % 7] ?? "mon";
}
