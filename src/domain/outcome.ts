/** How a case ended. A closed list: it is counted, and says nothing of the person. */
export const outcomes = ["referred", "accompanied", "no_contact", "moved_away", "withdrawn", "other"] as const;
export type Outcome = (typeof outcomes)[number];
