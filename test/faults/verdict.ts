/** What can go wrong with an effect. */
export const wrongs = ["lost", "doubled", "altered", "stuck"] as const;
export type Wrong = (typeof wrongs)[number];

/** What a run came to. */
export class Verdict {
  readonly name: string;
  /** What was done to the service, and how often. */
  readonly done = new Map<string, number>();
  walks = 0;
  messages = 0;
  /** Messages to people, and cards in the group, that came once more, because they were under way in a crash. */
  repeats = 0;
  repeatedCards = 0;
  /** From each start to ready (ms). */
  readonly starts: number[] = [];
  readonly faults: { [W in Wrong]: string[] } = { lost: [], doubled: [], altered: [], stuck: [] };
  /** What else is not as it has to be. */
  readonly broken: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Notes that something was done to the service. */
  count(what: string, times = 1): void {
    this.done.set(what, (this.done.get(what) ?? 0) + times);
  }

  /** Notes a fault. */
  add(wrong: Wrong, what: string): void {
    this.faults[wrong].push(what);
  }

  /** Notes it unless it holds. */
  demand(holds: boolean, what: string): void {
    if (!holds) this.broken.push(what);
  }

  get isGood(): boolean {
    return this.broken.length === 0 && wrongs.every((wrong) => this.faults[wrong].length === 0);
  }
}

const shownFaults = 8;

/** All verdicts as a table, with the first faults of each below it. */
export function tableOf(verdicts: Verdict[]): string {
  const head = ["run", "done", "walks", "messages", ...wrongs, "broken", "repeated", "cards", "per kill", "ready ms"];
  const rows = verdicts.map((verdict) => [
    verdict.name,
    [...verdict.done].map(([what, times]) => `${times} ${what}`).join(", "),
    String(verdict.walks),
    String(verdict.messages),
    ...wrongs.map((wrong) => String(verdict.faults[wrong].length)),
    String(verdict.broken.length),
    String(verdict.repeats),
    String(verdict.repeatedCards),
    perKill(verdict),
    spread(verdict.starts),
  ]);
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  const faults = verdicts.flatMap((verdict) => faultsOf(verdict));
  return [...table, ...faults].join("\n");
}

function perKill({ done, repeats, repeatedCards }: Verdict): string {
  const kills = [...done].reduce((sum, [what, times]) => (what.startsWith("kill") ? sum + times : sum), 0);
  return kills === 0 ? "" : ((repeats + repeatedCards) / kills).toFixed(1);
}

function spread(times: number[]): string {
  if (times.length === 0) return "";
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `${at(0.5)} (most ${at(1)})`;
}

function faultsOf({ name, faults, broken }: Verdict): string[] {
  const all = [...wrongs.flatMap((wrong) => faults[wrong].map((what) => `${wrong}: ${what}`)), ...broken];
  const more = all.length > shownFaults ? [`${name}: and ${all.length - shownFaults} more`] : [];
  return [...all.slice(0, shownFaults).map((what) => `${name}: ${what}`), ...more];
}
