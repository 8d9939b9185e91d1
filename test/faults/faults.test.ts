import { expect, test } from "vitest";
import { failCalls } from "./runs/calls.ts";
import { killBesideCare } from "./runs/care.ts";
import { killNode } from "./runs/node-kills.ts";
import { endPostgres } from "./runs/postgres.ts";
import { twoProcesses } from "./runs/two-processes.ts";
import { tableOf } from "./verdict.ts";

// The short form of `npm run faults`: real processes, real PostgreSQL, few faults.

const runs = {
  "a kill -9 of the service": () => killNode({ kills: 3, atOnce: 6, seed: 1 }),
  "a kill -9 beside erasure, withdrawal, claim and talk": () => killBesideCare({ kills: 3, atOnce: 6, seed: 5 }),
  "the end of PostgreSQL": () => endPostgres({ kills: 1, restarts: 1, atOnce: 6, seed: 2 }),
  "one of two processes on one database": () => twoProcesses({ kills: 2, restarts: 1, atOnce: 6, seed: 3 }),
  "calls that fail or lose their answer": () => failCalls({ times: 40, atOnce: 6, seed: 4 }),
};

test.each(Object.entries(runs))("loses, doubles and alters nothing over %s", { timeout: 240_000 }, async (_, run) => {
  const verdict = await run();
  expect(verdict.walks).toBeGreaterThan(0);
  expect(verdict.isGood, tableOf([verdict])).toBe(true);
});
