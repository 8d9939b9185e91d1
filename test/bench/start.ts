import { setTimeout as sleep } from "node:timers/promises";
import { plainPlan } from "../walks/plan.ts";
import { readRss } from "./cpu.ts";
import { startService } from "./programs.ts";
import { median } from "./quantiles.ts";
import type { Stage } from "./stage.ts";

const starts = 3;
const longestStart = 3;
const mostMemory = 150;
/** Nothing has happened for so long: memory is given back at the second look after the last message (idle-memory.ts). */
const rest = 6000;

/** Shows how long `npm start` takes with an existing database, and what the process needs when nothing happens. */
export async function showStart({ crowd, dataDir }: Stage): Promise<string> {
  const seconds: number[] = [];
  const memory: number[] = [];
  for (let start = 0; start < starts; start++) {
    const began = performance.now();
    const service = await startService(crowd, dataDir, ["npm", "start"]);
    const connected = performance.now() - began;
    const plan = plainPlan();
    const { replied } = await crowd.order({
      type: "time",
      token: service.token,
      plan,
      every: Number.POSITIVE_INFINITY,
      processes: service.processes,
    });
    seconds.push((connected + (replied[0] ?? Number.NaN)) / 1000);
    await sleep(rest);
    memory.push(readRss(service.processes.program));
    await service.stop();
  }
  const [time, mb] = [median(seconds), median(memory)];
  return [
    `From npm start to the first answer, with this database: ${time.toFixed(2)} s   < ${longestStart}  ${time < longestStart ? "met" : "missed"}`,
    `Idle memory of the process (web and Telegram, after one conversation): ${mb.toFixed(0)} MB   < ${mostMemory}  ${mb < mostMemory ? "met" : "missed"}`,
  ].join("\n");
}
