import fc from "fast-check";
import { expect, test } from "vitest";
import { berlinTime } from "../../src/domain/berlin.ts";
import { type EscalationFacts, escalate } from "../../src/domain/escalation.ts";
import { isOpen } from "../../src/domain/hours.ts";
import { afterOfficeMinutes } from "../../src/domain/office-time.ts";
import type { Place } from "../../src/domain/place.ts";
import { paderborn, recklinghausen, today } from "./people.ts";

const hour = 3_600_000;
/** A case of Friday, 10:00. */
const open: EscalationFacts = {
  status: "open",
  team: "gladbeck",
  municipality: "gladbeck",
  priority: "urgent",
  submittedAt: today,
  claimedAt: null,
  lastPersonAt: null,
  lastStaffAt: null,
  claimerKnown: true,
  covered: true,
  escalated: 0,
  escalateFrom: null,
};
const claimed: EscalationFacts = { ...open, status: "claimed", claimedAt: today };

/** Looks at a case at these moments, or always when it asks to be; answers who was told when. */
function told(place: Place, facts: EscalationFacts, looks?: number[]) {
  let now = facts.submittedAt;
  let { escalated, escalateFrom } = facts;
  const steps: { at: number; to: string; why: string }[] = [];
  const moments = looks?.slice();
  for (let turns = 0; turns < 50; turns++) {
    const due = escalate(place, { ...facts, escalated, escalateFrom }, now);
    if (due.type === "step") {
      const { to, why, number } = due.step;
      steps.push({ at: now, to: to.type === "team" ? to.team : to.type, why });
      escalated = number;
      escalateFrom = now;
      continue;
    }
    if (due.type === "rest") break;
    const next = moments ? moments.shift() : due.until;
    if (next === undefined) break;
    now = Math.max(now, next);
  }
  return steps;
}

const shown = (steps: ReturnType<typeof told>) =>
  steps.map(({ at, to, why }) => `${berlinTime(at).day.slice(5)} ${berlinTime(at).time} ${to} ${why}`);

test.each([
  [
    "an urgent one",
    open,
    ["11-20 10:30 gladbeck unclaimed", "11-20 11:00 kim unclaimed", "11-20 12:00 koordination unclaimed"],
  ],
  [
    "one of high priority, over the weekend",
    { ...open, priority: "high" },
    ["11-20 12:00 gladbeck unclaimed", "11-23 10:00 kim unclaimed", "11-23 14:00 koordination unclaimed"],
  ],
  [
    "a normal one",
    { ...open, priority: "normal" },
    ["11-23 13:30 gladbeck unclaimed", "11-24 13:30 kim unclaimed", "11-25 13:30 koordination unclaimed"],
  ],
  [
    "one whose municipality is not known",
    { ...open, team: "koordination", municipality: null },
    ["11-20 10:30 koordination unclaimed"],
  ],
  [
    "one that was handed over to another team",
    { ...open, team: "kim" },
    ["11-20 10:30 kim unclaimed", "11-20 11:30 koordination unclaimed"],
  ],
] as const)("unclaimed, %s goes up", (_, facts, expected) => {
  expect(shown(told(recklinghausen, facts))).toEqual(expected);
});

test("a team that is the region's own is told once", () => {
  const facts = { ...open, team: "nord", municipality: "delbrueck" };
  expect(shown(told(paderborn, facts))).toEqual(["11-20 10:30 nord unclaimed", "11-20 11:30 koordination unclaimed"]);
});

test("claimed and silent, it reminds who has it, the cover, the team", () => {
  const far = shown(told(recklinghausen, claimed));
  expect(far).toEqual(["11-23 10:00 claimer silent", "11-23 14:00 cover silent", "11-24 10:30 gladbeck silent"]);
});

test("who wrote and waits counts from the first word since staff's last", () => {
  const waiting = { ...claimed, lastPersonAt: today + hour, escalateFrom: today + hour };
  expect(shown(told(recklinghausen, waiting))).toEqual([
    "11-20 12:00 claimer unanswered",
    "11-23 09:00 cover unanswered",
    "11-23 10:00 gladbeck unanswered",
  ]);
  const answered = { ...waiting, lastStaffAt: today + 2 * hour, escalateFrom: today + 2 * hour };
  expect(shown(told(recklinghausen, answered))[0]).toBe("11-23 12:00 claimer silent");
});

test("without a cover the team comes next; of who claimed in a room the team is told at once", () => {
  expect(told(recklinghausen, { ...claimed, covered: false }).map(({ to }) => to)).toEqual(["claimer", "gladbeck"]);
  expect(told(recklinghausen, { ...claimed, claimerKnown: false, covered: false }).map(({ to }) => to)).toEqual([
    "gladbeck",
    "gladbeck",
  ]);
});

test("after a stop a step is made up for in office hours, and the next one waits its time from there", () => {
  const monday = Date.parse("2026-11-23T03:00Z");
  const looks = [
    monday,
    monday + 4 * hour + hour / 2,
    ...Array.from({ length: 600 }, (_, n) => monday + 5 * hour + n * 60_000),
  ];
  const steps = shown(told(recklinghausen, open, looks));
  expect(steps[0]).toBe("11-23 08:30 gladbeck unclaimed");
  expect(steps[1]).toBe("11-23 09:00 kim unclaimed");
});

test("a team without any hours waits in the place's", () => {
  const never = { ...paderborn, teams: { ...paderborn.teams, nord: { name: "Nord", office_hours: [] } } };
  expect(shown(told(never, { ...open, team: "nord", municipality: "delbrueck" }))[0]).toBe(
    "11-20 10:30 nord unclaimed",
  );
});

test("whenever it is looked at, steps come in order, once, in office hours, and never too early", () => {
  const facts = fc.record({
    claim: fc.boolean(),
    priority: fc.constantFrom("urgent" as const, "high" as const, "normal" as const),
    covered: fc.boolean(),
    claimerKnown: fc.boolean(),
    wrote: fc.boolean(),
    municipality: fc.constantFrom("gladbeck", "marl", null),
    start: fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => today + minutes * 60_000),
  });
  const gaps = fc.array(fc.integer({ min: 1, max: 3 * 24 * 60 }), { minLength: 5, maxLength: 60 });
  fc.assert(
    fc.property(facts, gaps, ({ claim, start, wrote, municipality, ...rest }, pauses) => {
      const given: EscalationFacts = {
        ...(claim ? claimed : open),
        ...rest,
        municipality,
        team: municipality === "gladbeck" ? "gladbeck" : municipality === null ? "koordination" : "kim",
        submittedAt: start,
        claimedAt: claim ? start : null,
        lastPersonAt: claim && wrote ? start + 1 : null,
        escalateFrom: start,
      };
      let now = start;
      const looks = pauses.map((pause) => {
        now += pause * 60_000;
        return now;
      });
      const planned = told(recklinghausen, given);
      const steps = told(recklinghausen, given, looks);
      // What was done is the beginning of what is planned, and no step came before its time.
      expect(steps.map(({ to, why }) => [to, why])).toEqual(
        planned.slice(0, steps.length).map(({ to, why }) => [to, why]),
      );
      for (const [index, { at }] of steps.entries()) {
        expect(isOpen(recklinghausen, undefined, at)).toBe(true);
        expect(at).toBeGreaterThanOrEqual(planned[index]?.at ?? 0);
      }
      // Looked at in office hours long enough, all are done.
      const end = looks.at(-1) ?? start;
      const daily = Array.from(
        { length: 60 },
        (_, n) => afterOfficeMinutes(recklinghausen, undefined, end, 1 + n * 450) ?? 0,
      );
      expect(told(recklinghausen, given, [...looks, ...daily]).length).toBe(planned.length);
    }),
    { numRuns: 30 },
  );
});
