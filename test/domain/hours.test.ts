import { expect, test } from "vitest";
import { addDays, berlinTime, instantOf } from "../../src/domain/berlin.ts";
import { easterSunday, holidayOn } from "../../src/domain/holiday.ts";
import { dueDay, isOpen, isOpenAt, nextOpening, openings } from "../../src/domain/hours.ts";
import { paderborn } from "./people.ts";

const at = (moment: string) => Date.parse(moment);

test.each([
  ["2026-11-20T22:59:00Z", "2026-11-20", "23:59"],
  ["2026-11-20T23:00:00Z", "2026-11-21", "00:00"],
  ["2026-07-01T21:59:59Z", "2026-07-01", "23:59"],
  ["2026-07-01T22:00:00Z", "2026-07-02", "00:00"],
  ["2027-03-28T00:59:00Z", "2027-03-28", "01:59"],
  ["2027-03-28T01:00:00Z", "2027-03-28", "03:00"],
  ["2026-10-25T00:59:00Z", "2026-10-25", "02:59"],
  ["2026-10-25T01:00:00Z", "2026-10-25", "02:00"],
])("at %s it is %s %s in Berlin", (moment, day, time) => {
  expect(berlinTime(at(moment))).toEqual({ day, time });
});

test.each([
  ["2026-11-20", "10:00", "2026-11-20T09:00:00.000Z"],
  ["2026-07-01", "00:00", "2026-06-30T22:00:00.000Z"],
  ["2027-03-28", "01:59", "2027-03-28T00:59:00.000Z"],
  ["2027-03-28", "02:30", "2027-03-28T01:30:00.000Z"],
  ["2027-03-28", "03:00", "2027-03-28T01:00:00.000Z"],
  ["2026-10-25", "02:30", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25", "03:00", "2026-10-25T02:00:00.000Z"],
])("%s %s in Berlin is %s", (day, time, moment) => {
  expect(new Date(instantOf(day, time)).toISOString()).toBe(moment);
});

test("days are added over changes of the clock, months and leap days", () => {
  expect(addDays("2027-03-27", 1)).toBe("2027-03-28");
  expect(addDays("2026-10-25", 1)).toBe("2026-10-26");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
});

test.each([
  [1961, "1961-04-02"],
  [2000, "2000-04-23"],
  [2008, "2008-03-23"],
  [2026, "2026-04-05"],
  [2027, "2027-03-28"],
  [2028, "2028-04-16"],
  [2038, "2038-04-25"],
  [2049, "2049-04-18"],
  [2076, "2076-04-19"],
])("Easter %i is on %s", (year, day) => {
  expect(easterSunday(year)).toBe(day);
});

test.each([
  [2026, "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"],
  [2027, "01-01 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26"],
  [2028, "01-01 04-14 04-17 05-01 05-25 06-05 06-15 10-03 11-01 12-25 12-26"],
])("the holidays of %i", (year, expected) => {
  const days = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index));
  const found = days.filter((day) => day.startsWith(`${year}`) && holidayOn(paderborn.holidays, day));
  expect(found.map((day) => day.slice(5)).join(" ")).toBe(expected);
});

test.each([
  ["Friday morning before the doors open", "2026-11-20T07:29Z", false],
  ["Friday when they open", "2026-11-20T07:30Z", true],
  ["Friday when they close", "2026-11-20T11:30Z", false],
  ["Saturday", "2026-11-21T09:00Z", false],
  ["Easter Monday", "2027-03-29T09:00Z", false],
  ["the day after, in summer time", "2027-03-30T06:30Z", true],
  ["the same clock time in UTC as in winter, but earlier", "2027-03-25T07:29Z", false],
  ["Rosenmontag, closed in this place", "2027-02-08T09:00Z", false],
])("on %s a team is open: %s", (_, moment, open) => {
  expect(isOpen(paderborn, "nord", at(moment))).toBe(open);
});

test.each([
  ["within the hours: now", "2026-11-20T09:15:30Z", "2026-11-20", "2026-11-20T09:15:30Z"],
  ["on Friday evening: Monday", "2026-11-20T17:00Z", "2026-11-23", "2026-11-23T07:30Z"],
  ["in the night before the clocks change", "2027-03-27T23:00Z", "2027-03-30", "2027-03-30T06:30Z"],
  ["on 23 December after hours: Monday", "2026-12-23T18:00Z", "2026-12-28", "2026-12-28T07:30Z"],
])("works next, asked %s", (_, moment, day, opens) => {
  expect(nextOpening(paderborn, "nord", at(moment))).toMatchObject({ day, at: at(opens) });
});

test("a team with hours of its own keeps them; one without any never opens", () => {
  const nord = { name: "Nord", office_hours: [{ days: ["sat" as const], from: "10:00", to: "12:00" }] };
  const place = { ...paderborn, teams: { ...paderborn.teams, nord, never: { name: "Never", office_hours: [] } } };
  expect(isOpen(place, "nord", at("2026-11-21T09:30Z"))).toBe(true);
  expect(isOpen(place, "mitte", at("2026-11-21T09:30Z"))).toBe(false);
  expect(nextOpening(place, "never", at("2026-11-21T09:30Z"))).toBeUndefined();
});

test.each([
  ["urgent", "in hours: today", "2026-11-20T09:00Z", "2026-11-20"],
  ["urgent", "after hours: the next working day", "2026-11-20T16:00Z", "2026-11-23"],
  ["urgent", "before the doors open: today", "2026-11-20T05:00Z", "2026-11-20"],
  ["high", "on Friday: Monday", "2026-11-20T09:00Z", "2026-11-23"],
  ["normal", "on Friday: Wednesday", "2026-11-20T09:00Z", "2026-11-25"],
  ["normal", "on Saturday: Wednesday", "2026-11-21T09:00Z", "2026-11-25"],
  ["normal", "just before Berlin's midnight", "2026-11-22T22:59Z", "2026-11-25"],
  ["normal", "just after Berlin's midnight", "2026-11-22T23:01Z", "2026-11-26"],
  ["normal", "before Christmas", "2026-12-22T09:00Z", "2026-12-29"],
  ["normal", "before Easter, over the change of the clocks", "2027-03-24T09:00Z", "2027-03-31"],
] as const)("a %s case sent %s", (priority, _, moment, day) => {
  expect(dueDay(paderborn, priority, at(moment))).toBe(day);
});

test("the next open hours of a site leave out what is over, holidays and closures", () => {
  const hours = paderborn.sites.salzkotten?.hours ?? [];
  expect(openings(paderborn, hours, at("2026-12-11T11:30Z"), 3).map(({ day }) => day)).toEqual([
    "2026-12-18",
    "2027-01-08",
    "2027-01-15",
  ]);
  expect(openings(paderborn, hours, at("2026-12-11T10:30Z"), 1)).toEqual([
    { day: "2026-12-11", from: "09:00", to: "12:00" },
  ]);
  expect(isOpenAt(paderborn, hours, at("2026-12-11T10:30Z"))).toBe(true);
});

test("hours that count only for some time end with it", () => {
  const hours = [{ days: ["fri" as const], from: "09:00", to: "12:00", valid_to: "2026-11-20" }];
  expect(openings(paderborn, hours, at("2026-11-19T09:00Z"), 5)).toHaveLength(1);
});
