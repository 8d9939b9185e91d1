/** Calendar days from and until which somebody is away, both included; without `until` the end is open. */
export interface Absence {
  from: string | null;
  until: string | null;
}

/** Whether somebody is away on a calendar day. */
export function isAbsent({ from, until }: Absence, day: string): boolean {
  return from !== null && from <= day && (until === null || day <= until);
}
