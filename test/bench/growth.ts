import { plainPlan } from "../walks/plan.ts";
import { cpuBetween } from "./cpu.ts";
import type { TimeReport } from "./crowd-orders.ts";
import type { Program } from "./programs.ts";
import { median } from "./quantiles.ts";
import type { Stage } from "./stage.ts";
import { storeSessions } from "./stored-sessions.ts";

const stored = 20_000;
const corrections = 300;
/** Change; which question; its new answer. */
const messagesPerCorrection = 3;
const window = 50 * messagesPerCorrection;
/** More messages than come before the summary, and than after it. */
const around = 30;
const every = 10;

/** Shows what a message costs however many sessions are stored and however long its conversation is. */
export async function showGrowth({ crowd, dataDir }: Stage, service: Program): Promise<string> {
  const change = { question: "forWhom", values: ["family", "self"] };
  const plan = { ...plainPlan(), changes: Array.from({ length: corrections }, () => change) };
  const order = { type: "time", token: service.token, plan, every, processes: service.processes } as const;
  const few = await crowd.order(order);
  await storeSessions(service.databaseUrl, dataDir, stored);
  const many = await crowd.order(order);
  return [
    `A conversation with ${corrections} corrections from the summary, one message at a time: ms from POST to reply, and of CPU`,
    `                                 the first 50          the last 50`,
    `  few sessions stored            ${cost(few, around)}   ${cost(few, -around - window)}`,
    `  ${stored.toLocaleString("en")} more sessions stored    ${cost(many, around)}   ${cost(many, -around - window)}`,
  ].join("\n");
}

/** Of a stretch of messages; a negative start counts from the end. */
function cost({ replied, cpu }: TimeReport, start: number): string {
  const from = Math.floor((start < 0 ? replied.length + start : start) / every) * every;
  const [before, after] = [cpu[from / every], cpu[(from + window) / every]];
  if (!before || !after) throw new Error("the conversation is too short");
  const { program, postgres } = cpuBetween(before, after);
  const ms = median(replied.slice(from, from + window));
  return `${ms.toFixed(2)} ms, CPU ${((program + postgres) / window).toFixed(2)}`.padEnd(20);
}
