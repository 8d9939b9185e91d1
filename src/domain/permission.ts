import type { Role } from "./staff.ts";

/** What a page or command may be for. `self` is what everybody has of their own. */
export const permissions = ["cases", "figures", "campaigns", "people", "settings", "readings", "self"] as const;
export type Permission = (typeof permissions)[number];

const granted: { [R in Role]: Permission[] } = {
  case_manager: ["cases"],
  coordinator: ["figures"],
  abh: ["campaigns"],
  ebh: ["campaigns"],
  administrator: ["people", "settings", "readings"],
};

/** Immigration and naturalisation authority: never a case, a contact or a code, whatever else somebody is. */
export const authorityRoles: Role[] = ["abh", "ebh"];

/** What somebody with these roles may use. Several roles add up. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  const sum = new Set<Permission>([...roles.flatMap((role) => granted[role]), "self"]);
  // Not even by a record that says both: what people are told of these authorities must hold.
  if (roles.some((role) => authorityRoles.includes(role))) sum.delete("cases");
  return permissions.filter((permission) => sum.has(permission));
}

/** Whether somebody with these roles may use it. */
export function may(roles: readonly Role[], permission: Permission): boolean {
  return permissionsOf(roles).includes(permission);
}

/** Roles that one person can't have together: who works for the immigration authority reads no cases. */
export function areCompatible(roles: readonly Role[]): boolean {
  return !(roles.includes("case_manager") && roles.some((role) => authorityRoles.includes(role)));
}

/** Which cases somebody sees, with all that the rule depends on. */
export interface CaseScope {
  /** Own team. */
  team: string | null;
  /** Themself and the colleagues they cover, while these are absent. */
  people: string[];
  /** Where somebody works; of a member of the coordination, or of anybody while that has none: all other cases are theirs, too. */
  staffedTeams: string[] | undefined;
}

/** What of a case decides who sees it. */
export interface CaseOwners {
  team: string;
  /** `staff:<uuid>`, or somebody of a room. */
  claimedById: string | null;
  contactPersonId: string | null;
  /** Teams that were told of it because nobody took it on: whoever is told can look, and take it on. */
  toldTeams: string[];
}

/** Whether a case manager sees a case: the team's, their own, what was handed to them, and that of whom they cover. */
export function sees(scope: CaseScope, found: CaseOwners): boolean {
  if (scope.team !== null && [found.team, ...found.toldTeams].includes(scope.team)) return true;
  const { people, staffedTeams } = scope;
  if (people.some((id) => found.claimedById === `staff:${id}` || found.contactPersonId === id)) return true;
  return staffedTeams !== undefined && !staffedTeams.includes(found.team);
}
