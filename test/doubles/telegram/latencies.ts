/** Times in ms. */
export type Summary = { count: number; mean: number; p50: number; p90: number; p99: number; max: number };

const limit = 1_000_000;

/** The three times a bot is measured by, each kept for the newest million or so. */
export class Latencies {
  /** From an update's creation to the 2xx that took it. */
  accepted: number[] = [];
  /** From the POST that was answered with that 2xx. */
  posted: number[] = [];
  /** From the oldest unanswered update in a chat to the bot's first call there. */
  answered: number[] = [];

  /** Adds one time to one of the three. */
  add(kind: "accepted" | "posted" | "answered", milliseconds: number): void {
    this[kind].push(milliseconds);
    if (this[kind].length > limit * 1.5) this[kind] = this[kind].slice(-limit);
  }

  /** Returns count, mean and quantiles of each. */
  summaries(): Record<"accepted" | "posted" | "answered", Summary> {
    return {
      accepted: summarize(this.accepted),
      posted: summarize(this.posted),
      answered: summarize(this.answered),
    };
  }

  /** Forgets all times. */
  clear(): void {
    this.accepted = [];
    this.posted = [];
    this.answered = [];
  }
}

function summarize(values: number[]): Summary {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / (sorted.length || 1);
  return { count: sorted.length, mean, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
