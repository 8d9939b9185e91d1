import type { Priority } from "./prompt.ts";

/** What staff are told of without having asked. Each has its text below `notice.` in the texts for staff. */
export const newsKinds = [
  "unclaimed",
  "unclaimed_elsewhere",
  "unanswered",
  "silent",
  "covering",
  "uncovered",
  "returned",
  "sent_on",
  "late_told",
  "digest",
] as const;
export type NewsKind = (typeof newsKinds)[number];

/** News for a team or for one member of staff. Codes, names of colleagues and counts; nothing of the person's. */
export interface News {
  kind: NewsKind;
  to: { team: string } | { staff: string };
  about?: { caseId: string; code: string; municipality: string | null; priority: Priority; submittedAt: number };
  facts?: NewsFacts;
  at: number;
}

/** A team's id as `team`, a colleague's name as `name`; counts and moments by their names. */
export type NewsFacts = { [name: string]: string | number };

/** The counts of an overview that are not zero, in the order in which they are told; the oldest case with those that wait. */
export function digestCounts(facts: NewsFacts): { key: string; count: number; code: string }[] {
  return (["fresh", "waiting", "dueToday", "overdue", "silent"] as const).flatMap((name) => {
    const count = Number(facts[name] ?? 0);
    // The code of a case that was erased since is gone.
    const key = name === "waiting" && facts.oldest === undefined ? "waitingErased" : name;
    return count > 0 ? [{ key: `digest.${key}`, count, code: String(facts.oldest ?? "") }] : [];
  });
}
