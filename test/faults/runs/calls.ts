import { setTimeout as sleep } from "node:timers/promises";
import { rough } from "../person.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

/** Answers of the Bot API that go wrong, most of them after the call was executed. */
const faults = [
  { error_code: 429, retry_after: 1 },
  { error_code: 500 },
  { error_code: 502, description: "Bad Gateway" },
  { drop: true },
  { drop: true, after: true },
  { error_code: 500, after: true },
  { delayMs: 2500 },
  { delayMs: 1500, after: true },
] as const;

/** Has calls refused, lost, late or executed without an answer, and the answers to updates lost, while people walk. */
export function failCalls({ times, atOnce, seed }: { times: number; atOnce: number; seed: number }): Promise<Verdict> {
  return onStage({ name: "Bot API fails", seed, mischief: rough, latencyMs: 5 }, async (stage) => {
    const instance = await stage.instance();
    await instance.start();
    void stage.staff.work();
    stage.crowd.begin(atOnce);
    for (let count = 0; count < times; count++) {
      await sleep(stage.between(20, 120));
      plan(stage);
    }
    stage.telegram.clearFaults();
    stage.recover();
    await stage.judge();
  });
}

function plan(stage: Stage): void {
  const { telegram, random } = stage;
  const method = random() < 0.75 ? "sendMessage" : "editMessageText";
  const fault = faults[Math.floor(random() * faults.length)] ?? faults[0];
  telegram.fault({ method, ...fault });
  if (random() < 0.3) telegram.dropAcks({ times: 1 });
  stage.disturb("faults");
}
