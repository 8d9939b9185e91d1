import { setTimeout as sleep } from "node:timers/promises";
import { rough } from "../person.ts";
import { onStage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

interface Order {
  kills: number;
  atOnce: number;
  seed: number;
  /** Of the Bot API. */
  latencyMs?: number;
}

/** Kills the service at random moments under load, some while they start, and starts it again at once. */
export function killNode({ kills, atOnce, seed, latencyMs = 15 }: Order): Promise<Verdict> {
  return onStage({ name: "kill -9 of Node", seed, mischief: rough, latencyMs }, async (stage) => {
    const instance = await stage.instance();
    stage.verdict.starts.push(await instance.start());
    void stage.staff.work();
    stage.crowd.begin(atOnce);
    for (let kill = 0; kill < kills; kill++) {
      await sleep(stage.between(200, 2500));
      stage.disturb("kills");
      await instance.end("SIGKILL");
      if (stage.random() < 0.15 && ++kill < kills) {
        instance.launch();
        await sleep(stage.between(0, 1200));
        stage.disturb("kills");
        await instance.end("SIGKILL");
      }
      stage.verdict.starts.push(await instance.start());
      stage.recover();
    }
    await stage.judge();
  });
}
