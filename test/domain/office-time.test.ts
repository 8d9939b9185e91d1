import fc from "fast-check";
import { expect, test } from "vitest";
import { isOpen } from "../../src/domain/hours.ts";
import { type Weekly, weekdays } from "../../src/domain/office.ts";
import { afterOfficeMinutes, isOfficeDay, officeMinutes } from "../../src/domain/office-time.ts";
import type { Place } from "../../src/domain/place.ts";
import { paderborn } from "./people.ts";

const minute = 60_000;
const at = (moment: string) => Date.parse(moment);

test.each([
  ["within a day", "2026-11-20T08:00Z", 30, "2026-11-20T08:30Z"],
  ["from before the doors open", "2026-11-20T04:00Z", 30, "2026-11-20T08:00Z"],
  ["over a weekend", "2026-11-20T11:00Z", 60, "2026-11-23T08:00Z"],
  ["to the very end of the hours: the next opening", "2026-11-20T11:00Z", 30, "2026-11-23T07:30Z"],
  ["none, while somebody works: now", "2026-11-20T09:15:30Z", 0, "2026-11-20T09:15:30Z"],
  ["none, at night: the next opening", "2026-11-20T20:00Z", 0, "2026-11-23T07:30Z"],
  ["over Christmas and a closure", "2026-12-23T14:30Z", 60, "2026-12-28T08:00Z"],
  ["over Easter and the change of the clocks", "2027-03-25T14:30Z", 60, "2027-03-30T07:00Z"],
  ["over the other change of the clocks", "2026-10-23T10:00Z", 60, "2026-10-26T08:00Z"],
])("%s", (_, since, minutes, expected) => {
  const found = afterOfficeMinutes(paderborn, "nord", at(since), minutes);
  expect(new Date(found ?? 0).toISOString()).toBe(new Date(expected).toISOString());
});

test("a team that never works never gets there, nor has an office day", () => {
  const never = { ...paderborn, teams: { ...paderborn.teams, nord: { name: "Nord", office_hours: [] } } };
  expect(afterOfficeMinutes(never, "nord", at("2026-11-20T09:00Z"), 1)).toBeUndefined();
  expect(isOfficeDay(never, "nord", "2026-11-20")).toBe(false);
  expect(isOfficeDay(paderborn, "nord", "2026-11-20")).toBe(true);
  expect(isOfficeDay(paderborn, "nord", "2026-12-25")).toBe(false);
});

// Nobody opens or closes between two and three at night, where one clock time is two moments, or none.
const clock = fc
  .integer({ min: 0, max: 95 })
  .filter((quarter) => quarter < 8 || quarter >= 12)
  .map(
    (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`,
  );
const hours: fc.Arbitrary<Weekly> = fc.array(
  fc
    .record({ days: fc.subarray([...weekdays], { minLength: 1 }), one: clock, other: clock })
    .filter(({ one, other }) => one !== other)
    .map(({ days, one, other }) => {
      const [from = one, to = other] = [one, other].sort();
      return { days, from, to };
    }),
  { minLength: 1, maxLength: 4 },
);
// Around both changes of the clocks, Easter, and a plain month.
const moment = fc
  .tuple(
    fc.constantFrom("2026-10-23T00:00Z", "2027-03-25T00:00Z", "2026-11-16T00:00Z"),
    fc.integer({ min: 0, max: 4 * 1440 }),
  )
  .map(([start, minutes]) => at(start) + minutes * minute);
const place = hours.map((office_hours): Place => ({ ...paderborn, office_hours, teams: { t: { name: "T" } } }));

test("is the first open minute before which so many open minutes have passed", () => {
  fc.assert(
    fc.property(place, moment, fc.integer({ min: 0, max: 900 }), (given, since, minutes) => {
      const found = afterOfficeMinutes(given, "t", since, minutes);
      let open = 0;
      let now = since;
      // Rows of a few minutes on one day of the week would make a long search.
      const end = since + 10 * 1440 * minute;
      for (; now < end; now += minute) {
        if (!isOpen(given, "t", now)) continue;
        if (open === minutes) break;
        open++;
      }
      if (now < end) expect(found).toBe(now);
      else expect(found).toSatisfy((later) => later === undefined || later >= end);
    }),
    { numRuns: 60 },
  );
});

test("waiting twice is waiting for the sum, and what passed is what was waited for", () => {
  fc.assert(
    fc.property(
      place,
      moment,
      fc.integer({ min: 0, max: 59_999 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3000 }),
      (given, start, ms, first, second) => {
        const since = start + ms;
        const between = afterOfficeMinutes(given, "t", since, first);
        const end = afterOfficeMinutes(given, "t", since, first + second);
        if (between === undefined || end === undefined) return;
        expect(afterOfficeMinutes(given, "t", between, second)).toBe(end);
        expect(officeMinutes(given, "t", since, end)).toBeCloseTo(first + second, 6);
        expect(isOpen(given, "t", end)).toBe(true);
        expect(end).toBeGreaterThanOrEqual(since);
      },
    ),
  );
});
