import { setTimeout as sleep } from "node:timers/promises";

/** Looks whether something works: resolves to `undefined`, or to why not. Nothing secret or personal in it: it is public. */
export type Check = () => Promise<string | undefined>;

/** The answer of `GET /ready`. */
export type Readiness = { ready: boolean; checks: Record<string, { ok: true } | { ok: false; why: string }> };

const patience = 3_000;

/** Collects the checks of all parts and runs them, once for all who ask at the same moment. */
export class ReadinessChecks {
  readonly #checks = new Map<string, Check>();
  #running: Promise<Readiness> | undefined;

  /** Adds a check; one of the same name is replaced. */
  add(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** Runs all checks. One that throws, or gives no answer within 3 s, is not ok; its error is not shown. */
  run(): Promise<Readiness> {
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runAll(): Promise<Readiness> {
    const entries = await Promise.all(
      [...this.#checks].map(async ([name, check]) => {
        const why = await outcome(check);
        return [name, why === undefined ? { ok: true } : { ok: false, why }] as const;
      }),
    );
    const checks = Object.fromEntries(entries) as Readiness["checks"];
    return { ready: entries.every(([, { ok }]) => ok), checks };
  }
}

async function outcome(check: Check): Promise<string | undefined> {
  const late = sleep(patience, "no answer in time", { ref: false });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "failed";
  }
}
