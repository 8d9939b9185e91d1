import { expect, test } from "vitest";
import type { CaseDetails } from "../../src/domain/case.ts";
import { examplesIn } from "../../src/domain/examples.ts";
import { retention } from "../../src/domain/retention.ts";
import type { LogEntry } from "../../src/domain/transcript.ts";
import type { Proposal } from "../../src/domain/triage.ts";
import { loadPlace, placeIds } from "../../src/places.ts";
import { caseHistory } from "../../src/staff/page/case-history.ts";
import { caseList } from "../../src/staff/page/case-list.ts";
import { caseTalk } from "../../src/staff/page/case-talk.ts";
import { noticesSection } from "../../src/staff/page/notices.ts";
import type { StaffNotice } from "../../src/store/staff-notices.ts";
import { german, jobcenterProposal, member, place } from "./stage.ts";

const at = new Date("2026-11-20T12:00:00Z");
const actor = { id: `staff:${member.id}`, name: member.name };
const around = { actor, acts: [], colleagues: [], today: "2026-11-20", talk: undefined };

function caseWith(proposals: Proposal[], entries: LogEntry[]): CaseDetails {
  return {
    ...{ code: "K7-42M", status: "open", municipality: "delbrueck", language: "tr", interpreter: null },
    ...{ needs: ["benefits"], priority: "normal", submittedAt: at, callAskedAt: null, claimedBy: null },
    ...{ claimedAt: null, proposals, versions: 1, team: "nord", forWhom: "self", door: null, dueOn: "2026-11-25" },
    ...{ intakes: [], events: [], talk: [{ at, entries }], decisions: [], version: 1, outcome: null, closedAt: null },
    ...{ claimedById: null, stage: null, contactPerson: null, interpreterDoneAt: null, signedAt: null },
    ...{ unreachable: null, languageNow: "tr", unread: false, withdrawnAt: null, referrals: [] },
  };
}

test("says that words were written, but not of a town that was chosen or known by its postcode", () => {
  const words = { text: (key: string) => key, value: () => "?" };
  const talk = (answer: string) => {
    const found = caseWith([], [{ type: "answered", question: "where", answer }]);
    return String(caseTalk({ texts: german, words, place, member, csrf: "", found, ...around }));
  };
  expect(talk("Dari")).toContain("selbst geschrieben, Türkisch");
  expect(talk("0170 1234567")).toContain("selbst geschrieben</span>");
  expect(talk("Delbrück")).toContain("Delbrück");
  expect(talk("Delbrück")).not.toContain("selbst geschrieben");
});

test("lists the first three offices of a case, and says how many more there are", () => {
  const offices = Object.fromEntries("ABCDE".split("").map((name) => [name, { authorities: ["kim" as const], name }]));
  const list = (names: string) => {
    const proposals = names.split("").map((office) => ({ ...jobcenterProposal, office }));
    const counts = { open: 1, mine: 0, team: 0, all: 1 };
    const reader = { actor, team: null };
    const shown = { show: "open" as const, page: 0, counts, cases: [caseWith(proposals, [])], now: at };
    return String(caseList({ texts: german, place: { ...place, offices }, reader, csrf: "", ...shown }));
  };
  expect(list("ABC")).toContain("A, B, C</td>");
  expect(list("ABCD")).toContain("A, B, C und 1 weitere</td>");
  expect(list("ABCDE")).toContain("A, B, C und 2 weitere</td>");
});

test("shows news with their case and a way to be done with each, and nothing where there are none", () => {
  const notice = (id: string, more: Partial<StaffNotice>): StaffNotice => ({
    ...{ id, at, kind: "unclaimed_elsewhere", facts: { team: "nord" }, code: "K7-42M" },
    ...more,
  });
  const shown = (notices: StaffNotice[]) =>
    String(noticesSection({ texts: german, place, csrf: "c", notices, now: new Date(at.getTime() + 60_000) }));
  expect(shown([])).toBe("");
  const one = shown([notice("1", {})]);
  expect(one).toContain('href="/staff/cases/K7-42M"');
  expect(one).toContain("Team Nord hat diesen Fall noch nicht übernommen.");
  expect(one).not.toContain("Alle gesehen");
  const facts = { team: "nord", fresh: 0, waiting: 2, oldest: "AA-222" };
  const two = shown([notice("1", {}), notice("2", { kind: "digest", code: null, facts })]);
  expect(two).toContain("<li>2 Fälle offen, der älteste ist AA-222</li>");
  expect(two).not.toContain("neue Fälle");
  expect(two).toContain("Alle gesehen");
  const hostile = shown([notice("1", { kind: "covering", facts: { name: "<b>x" } })]);
  expect(hostile).not.toContain("<b>");
});

test("says in the history which team was told, and where a case was sent on to", () => {
  const words = { text: (key: string) => key, value: () => "?" };
  const event = (kind: string, facts: { [name: string]: string }) => ({ at, kind, by: null, words: "", facts });
  const events = [
    event("escalated_team", { team: "nord", why: "unclaimed" }),
    event("sent_on", { team: "nord", to: "koordination", name: "KIM-Koordination" }),
  ];
  const found = { ...caseWith([], []), events };
  const shown = String(caseHistory({ texts: german, words, place, member, csrf: "", found, ...around }));
  expect(shown).toContain("Noch offen oder ohne Nachricht: Team Nord erinnert");
  expect(shown).toContain("Team Nord ist zurzeit nicht besetzt: weitergegeben an KIM-Koordination");
});

test("has a German name for every period, and for every part of a place that is still an example", () => {
  const periods = Object.keys(retention.shape).filter((name) => /_(hours|days|months)$/.test(name));
  const parts = placeIds().flatMap((id) => examplesIn(loadPlace(id)).map(({ part }) => part));
  const keys = [...periods.map((name) => `settings.period.${name}`), ...parts.map((part) => `settings.part.${part}`)];
  expect(keys.filter((key) => german.find(key) === undefined)).toEqual([]);
});
