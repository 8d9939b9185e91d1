/** A team's day at a glance: how many cases, and codes of those to begin with. */
export interface Digest {
  /** Came in since the last overview. */
  fresh: number;
  /** Nobody has taken them on. */
  waiting: number;
  oldest: { code: string; submittedAt: number } | undefined;
  /** Unclaimed, and an answer is promised for today; or was, for a day that is over. */
  dueToday: number;
  overdue: number;
  /** Claimed, and whoever has them was reminded. */
  silent: number;
}

/** Whether there is something to say: nobody is told that there is nothing. */
export function saysSomething({ fresh, waiting, silent }: Digest): boolean {
  return fresh + waiting + silent > 0;
}
