import { setTimeout as sleep } from "node:timers/promises";
import type { End, Instance } from "../instance.ts";
import { rough } from "../person.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

const mostMs = 5_000;

/** Ends the service by Ctrl-C and SIGTERM under load, at times while the Bot API is slow or silent, and starts it again. */
export function stopNode({ stops, atOnce, seed }: { stops: number; atOnce: number; seed: number }): Promise<Verdict> {
  return onStage({ name: "Ctrl-C and SIGTERM", seed, mischief: rough, latencyMs: 15 }, async (stage) => {
    const instance = await stage.instance();
    stage.verdict.starts.push(await instance.start());
    void stage.staff.work();
    stage.crowd.begin(atOnce);
    for (let stop = 0; stop < stops; stop++) {
      await sleep(stage.between(500, 2500));
      const isSlow = stop % 3 === 2;
      // Longer than the service may take to end.
      if (isSlow) stage.telegram.options({ latencyMs: 12_000 });
      await sleep(isSlow ? 300 : 0);
      stage.disturb(isSlow ? "stops while calls hang" : "stops");
      judgeEnd(stage, await instance.end(stop % 2 === 0 ? "SIGTERM" : "SIGINT"));
      stage.telegram.options({ latencyMs: 15 });
      stage.verdict.starts.push(await instance.start());
      stage.recover();
    }
    await refuseSecond(stage, await stage.instance());
    await stage.judge();
  });
}

function judgeEnd({ verdict }: Stage, { code, signal, took }: End): void {
  verdict.demand(code === 0, `ended with ${code ?? signal} after ${Math.round(took)} ms`);
  verdict.demand(took < mostMs, `took ${Math.round(took)} ms to end`);
}

/** A second process on the same data directory says why it does not start, and disturbs nothing. */
async function refuseSecond({ verdict }: Stage, second: Instance): Promise<void> {
  second.launch();
  const { code } = await second.ended();
  verdict.count("second processes");
  verdict.demand(code === 1, `a second process on the same directory ended with ${code}`);
  verdict.demand(/Another process is using this data directory/.test(second.output), "it did not say why");
}
