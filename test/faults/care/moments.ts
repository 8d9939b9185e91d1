import type { Stage } from "../stage.ts";

/** What people and staff do beside which the service is killed. */
export const kinds = ["erasure", "withdrawal", "stop", "claim", "talk", "hand-over"] as const;
export type Kind = (typeof kinds)[number];

/** Tells when somebody does something, so that a kill can meet it: just before it, while it is under way, just after it. */
export class Moments {
  readonly #stage: Pick<Stage, "random">;
  readonly #met = new Map<string, number>();
  #wake: ((kind: Kind) => void) | undefined;

  constructor(stage: Pick<Stage, "random">) {
    this.#stage = stage;
  }

  /** Somebody's request goes out now. */
  near(kind: Kind): void {
    const fewest = Math.min(...kinds.map((one) => this.#met.get(one) ?? 0));
    // Those that were met less than others come first; the others still have a chance.
    if ((this.#met.get(kind) ?? 0) > fewest + 1 && this.#stage.random() < 0.95) return;
    this.#wake?.(kind);
  }

  /** Waits for one of them, at most so long (ms); then it is any moment. */
  async next(most: number): Promise<Kind | "any moment"> {
    let timer: NodeJS.Timeout | undefined;
    const kind = await new Promise<Kind | "any moment">((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(() => resolve("any moment"), most);
    });
    clearTimeout(timer);
    this.#wake = undefined;
    this.#met.set(kind, (this.#met.get(kind) ?? 0) + 1);
    return kind;
  }
}
