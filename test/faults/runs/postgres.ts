import { setTimeout as sleep } from "node:timers/promises";
import { rough } from "../person.ts";
import { onStage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

interface Order {
  kills: number;
  restarts: number;
  atOnce: number;
  seed: number;
}

/** Kills the embedded PostgreSQL under load, and has it restart in order; the service brings it back both times. */
export function endPostgres({ kills, restarts, atOnce, seed }: Order): Promise<Verdict> {
  return onStage({ name: "PostgreSQL ends", seed, mischief: rough, latencyMs: 15 }, async (stage) => {
    const instance = await stage.instance();
    await instance.start();
    void stage.staff.work();
    stage.crowd.begin(atOnce);
    const signals = [...Array(kills).fill("SIGKILL"), ...Array(restarts).fill("SIGINT")] as ("SIGKILL" | "SIGINT")[];
    signals.sort(() => stage.random() - 0.5);
    for (const signal of signals) {
      await sleep(stage.between(500, 3000));
      stage.disturb(signal === "SIGKILL" ? "kills of PostgreSQL" : "orderly restarts");
      const begun = performance.now();
      await stage.signalPostgres(signal);
      // It takes a moment until the service notices.
      await sleep(300);
      await instance.untilReady();
      stage.verdict.starts.push(performance.now() - begun);
      stage.recover();
    }
    stage.verdict.demand(instance.isRunning, "the service ended with its database");
    await stage.judge();
  });
}
