const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

// One message asks a dozen times, and the next one comes in the same minute: a zone's clock is expensive to read.
let latest = { minute: Number.NaN, shown: { day: "", time: "" } };

/** What clock and calendar show in Europe/Berlin at a moment (ms since 1970). */
export function berlinTime(at: number): { day: string; time: string } {
  const minute = Math.floor(at / 60_000);
  if (minute !== latest.minute) latest = { minute, shown: readClock(at) };
  return latest.shown;
}

function readClock(at: number): { day: string; time: string } {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

/** The calendar day in Europe/Berlin, `2026-11-25`. */
export function berlinDay(at: number): string {
  return berlinTime(at).day;
}

/**
 * The moment (ms since 1970) at which clocks in Berlin show a time of a day. Of an hour that comes twice the first is
 * taken; a time that is skipped is read as if the clocks had not yet been changed.
 */
export function instantOf(day: string, time: string): number {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  // The offset is one or two hours; summer's is tried first, so that of a doubled hour the first is found.
  const summer = asIfUtc - 2 * hour;
  return clockIs(summer, day, time) ? summer : asIfUtc - hour;
}

/** The calendar day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 24 * hour).toISOString().slice(0, 10);
}

const hour = 3_600_000;

function clockIs(at: number, day: string, time: string): boolean {
  const shown = berlinTime(at);
  return shown.day === day && shown.time === time;
}
