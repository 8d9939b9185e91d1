import type { Program } from "./programs.ts";
import { median } from "./quantiles.ts";
import { type Measured, runRound } from "./round.ts";
import type { Stage } from "./stage.ts";

/** One comparison: how many people, how many of them at a time. */
export interface Run {
  title: string;
  people: number;
  atOnce: number;
  /** Both programs are started anew for each round: the run is mostly their warm-up. */
  cold?: true;
  wanted: { [M in keyof Measured]?: { atLeast: number } | { atMost: number } };
}

export interface Compared {
  run: Run;
  service: Measured;
  reference: Measured;
  /** Service by reference; the middle of the rounds'. */
  ratio: Measured;
}

type Pair = { service: Measured; reference: Measured };

/** Runs rounds of both programs, one after the other, so that whatever slows the machine for a while slows both. */
export async function compare(stage: Stage, run: Run, rounds: number, started?: ProgramPair): Promise<Compared> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    const measure = (name: keyof Pair) => measureOnce(stage, run, name, started);
    // Who comes first changes with the rounds.
    const first = round % 2 === 0 ? "service" : "reference";
    const second = first === "service" ? "reference" : "service";
    const measured = { [first]: await measure(first), [second]: await measure(second) };
    pairs.push(measured as Pair);
  }
  return {
    run,
    service: middle(pairs.map(({ service }) => service)),
    reference: middle(pairs.map(({ reference }) => reference)),
    ratio: middle(pairs.map(({ service, reference }) => each(service, (key) => service[key] / reference[key]))),
  };
}

/** Both programs, running. */
export type ProgramPair = { service: Program; reference: Program };

async function measureOnce(stage: Stage, run: Run, name: keyof Pair, started?: ProgramPair): Promise<Measured> {
  const { crowd, plans } = stage;
  const program = started?.[name] ?? (await (name === "service" ? stage.startService() : stage.startReference()));
  const measured = await runRound(crowd, program, { ...run, plans });
  if (!started) await program.stop();
  return measured;
}

function middle(all: Measured[]): Measured {
  const [first] = all;
  if (!first) throw new Error("no rounds");
  return each(first, (key) => median(all.map((one) => one[key])));
}

function each(like: Measured, make: (key: keyof Measured) => number): Measured {
  return Object.fromEntries(Object.keys(like).map((key) => [key, make(key as keyof Measured)])) as unknown as Measured;
}
