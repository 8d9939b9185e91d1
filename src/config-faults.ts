/** A setting that is wrong: its name, what was found (never a secret), what it must be, and an example. */
export type Fault = { name: string; found: string; must: string; example: string };

/** Thrown at start with everything that is wrong with the settings at once. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    const lines = faults.map(
      ({ name, found, must, example }) => `  ${name}: found ${found}; it must be ${must}. Example: ${name}=${example}`,
    );
    super(`Wrong settings (environment or .env):\n${lines.join("\n")}`);
    this.faults = faults;
  }
}

/** Finds the known name that takes the fewest changed letters to reach. */
export function nearest(name: string, known: string[]): string {
  const byDistance = known.map((other) => ({ other, steps: distance(name, other) })).sort((a, b) => a.steps - b.steps);
  return byDistance[0]?.other ?? "";
}

/** How many letters have to be put in, left out or replaced to get from one word to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
