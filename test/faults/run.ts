import { parseArgs } from "node:util";
import { blockBot } from "./runs/block.ts";
import { failCalls } from "./runs/calls.ts";
import { killBesideCare } from "./runs/care.ts";
import { limitCalls } from "./runs/limits.ts";
import { misconfigure } from "./runs/misconfigured.ts";
import { killNode } from "./runs/node-kills.ts";
import { endPostgres } from "./runs/postgres.ts";
import { stopNode } from "./runs/stops.ts";
import { twoProcesses } from "./runs/two-processes.ts";
import { clearStages } from "./stage.ts";
import { tableOf, type Verdict } from "./verdict.ts";

// Runs every kind of fault against real processes, and prints what became of people's conversations. Ends with 1 if an
// effect was lost, doubled, altered or is stuck. `--only node,two` chooses runs, `--latency` is the Bot API's (ms).
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "30" },
    people: { type: "string", default: "25" },
    latency: { type: "string", default: "15" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    only: { type: "string" },
  },
});
const [kills, atOnce, latencyMs, seed] = [values.kills, values.people, values.latency, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
const share = (part: number) => Math.ceil(kills * part);

const runs: { [name: string]: () => Promise<Verdict> } = {
  node: () => killNode({ kills, atOnce, seed, latencyMs }),
  care: () => killBesideCare({ kills, atOnce: Math.min(atOnce, 12), seed: seed + 8, latencyMs }),
  postgres: () => endPostgres({ kills: share(1 / 4), restarts: share(1 / 4), atOnce, seed: seed + 1 }),
  two: () => twoProcesses({ kills: share(1 / 2), restarts: share(1 / 6), atOnce, seed: seed + 2 }),
  calls: () => failCalls({ times: kills * 10, atOnce, seed: seed + 3 }),
  limits: () => limitCalls({ people: 12, seed: seed + 4 }),
  block: () => blockBot({ people: 16, seed: seed + 5 }),
  stops: () => stopNode({ stops: share(1 / 4), atOnce, seed: seed + 6 }),
  misconfigured: () => misconfigure({ seed: seed + 7 }),
};

// Ctrl-C: nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void clearStages().finally(() => process.exit(1)));

process.stdout.write(`seed ${seed}\n`);
const verdicts: Verdict[] = [];
for (const [name, run] of Object.entries(runs)) {
  if (values.only !== undefined && !values.only.split(",").includes(name)) continue;
  process.stdout.write(`${name} ...\n`);
  verdicts.push(await run());
}
process.stdout.write(`\n${tableOf(verdicts)}\n`);
process.exit(verdicts.every(({ isGood }) => isGood) ? 0 : 1);
