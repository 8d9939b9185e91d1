import { z } from "zod";
import { addDays } from "./berlin.ts";
import { inForce, validity } from "./validity.ts";

/** A public holiday: the same day every year, or so many days after Easter Sunday. */
export const holiday = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: z.string().min(1),
  /** Month and day, `05-01`. */
  fixed: z
    .string()
    .regex(/^\d{2}-\d{2}$/)
    .optional(),
  after_easter: z.int().optional(),
  ...validity,
});
export type Holiday = z.infer<typeof holiday>;

/** `prisma/places/shared/holidays.yaml` */
export const holidaysFile = z.strictObject({ holidays: z.array(holiday).min(1) });

/** The holiday on a day, if it is one. There are no substitute days for those on a weekend. */
export function holidayOn(holidays: Holiday[], day: string): Holiday | undefined {
  const easter = easterSunday(Number(day.slice(0, 4)));
  return holidays.find(
    (holiday) =>
      inForce(holiday, day) &&
      (holiday.fixed === day.slice(5) ||
        (holiday.after_easter !== undefined && addDays(easter, holiday.after_easter) === day)),
  );
}

/** Easter Sunday of a year in the Gregorian calendar, by Gauss's rule with Lichtenberg's corrections. */
export function easterSunday(year: number): string {
  const century = Math.floor(year / 100);
  const moonShift = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sunShift = 2 - Math.floor((3 * century + 3) / 4);
  const moon = year % 19;
  const seed = (19 * moon + moonShift) % 30;
  const correction = Math.floor((seed + Math.floor(moon / 11)) / 29);
  const fullMoon = 21 + seed - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + sunShift) % 7);
  const afterFullMoon = 7 - ((fullMoon - firstSunday) % 7);
  return addDays(`${year}-03-01`, fullMoon + afterFullMoon - 1);
}
