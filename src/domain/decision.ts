/** What a human decided about a proposal of one version of the intake. */
export interface Decision {
  id: string;
  intakeVersion: number;
  kind: "confirmed" | "changed";
  /** Of the proposal. */
  rule: string;
  /** Ids of the place's offices; null for none. */
  proposed: string | null;
  office: string | null;
  reason: string;
  at: Date;
  by: string;
  /** When the person was told the office, and by whom. */
  toldAt: Date | null;
  toldBy: string | null;
}

/** The decision that counts for a proposal: the last one on it in this version of the intake, oldest first given. */
export function decisionOn(decisions: Decision[], intakeVersion: number, rule: string): Decision | undefined {
  return decisions.findLast((one) => one.intakeVersion === intakeVersion && one.rule === rule);
}

/** Decisions that were made on older versions of the intake; of each proposal the last one. */
export function olderDecisions(decisions: Decision[], intakeVersion: number): Decision[] {
  const older = decisions.filter((one) => one.intakeVersion < intakeVersion);
  return older.filter((one, index) => !older.slice(index + 1).some(({ rule }) => rule === one.rule));
}
