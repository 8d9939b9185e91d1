import type { Role } from "./staff.ts";

/** A member of staff, as far as it matters who looks after a case. */
export interface Colleague {
  id: string;
  name: string;
  team: string | null;
  roles: Role[];
  /** Calendar days, both included; an absence without an end has no last one. */
  absentFrom: string | null;
  absentUntil: string | null;
  coverId: string | null;
  hasEnded: boolean;
}

/** Calendar days from and until which somebody is away. */
export type Absence = Pick<Colleague, "absentFrom" | "absentUntil">;

/** Whether somebody works with cases on a day. */
export function isPresent(colleague: Colleague, day: string): boolean {
  return !colleague.hasEnded && colleague.roles.includes("case_manager") && !isAbsent(colleague, day);
}

/** Whether somebody is away on a day. */
export function isAbsent({ absentFrom, absentUntil }: Absence, day: string): boolean {
  return absentFrom !== null && absentFrom <= day && (absentUntil === null || day <= absentUntil);
}

/** Who stands in for somebody on a day: the cover, or whoever covers for them while they are away, too. */
export function coverOf(staff: Colleague[], id: string, day: string): Colleague | undefined {
  const byId = new Map(staff.map((colleague) => [colleague.id, colleague]));
  const asked = new Set([id]);
  for (let next = byId.get(id)?.coverId; next && !asked.has(next); next = byId.get(next)?.coverId) {
    asked.add(next);
    const cover = byId.get(next);
    if (cover && isPresent(cover, day)) return cover;
  }
  return undefined;
}

/** Whom somebody stands in for on a day. */
export function coveredBy(staff: Colleague[], id: string, day: string): string[] {
  return staff
    .filter((one) => !one.hasEnded && isAbsent(one, day) && coverOf(staff, one.id, day)?.id === id)
    .map((one) => one.id);
}

/** The teams in which somebody works with cases on a day. */
export function staffedTeams(staff: Colleague[], day: string): Set<string> {
  return new Set(staff.filter((one) => isPresent(one, day)).flatMap(({ team }) => (team === null ? [] : [team])));
}
