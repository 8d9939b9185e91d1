/** How many at once, and how many a second after that. */
export interface Pace {
  burst: number;
  perSecond: number;
}

interface Bucket {
  left: number;
  at: number;
}

const most = 10_000;

/** Counts requests per key. In memory only: after a restart everybody starts anew. */
export class RateLimit {
  readonly #pace: Pace;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(pace: Pace, now: () => number) {
    this.#pace = pace;
    this.#now = now;
  }

  /** Takes one. Returns 0, or the whole seconds to wait when there is none left. */
  take(key: string): number {
    const now = this.#now();
    const { burst, perSecond } = this.#pace;
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    // Taken out and put in again, so that the oldest is the first to be forgotten.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    this.#forget();
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perSecond);
    bucket.left -= 1;
    return 0;
  }

  #forget(): void {
    if (this.#buckets.size <= most) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
