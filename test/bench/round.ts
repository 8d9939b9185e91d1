import { setTimeout as sleep } from "node:timers/promises";
import type { Plan } from "../walks/plan.ts";
import { checkCases } from "./cases.ts";
import { cpuBetween, readCpu, readRss } from "./cpu.ts";
import type { CrowdLink } from "./crowd-link.ts";
import type { Program } from "./programs.ts";

/** What one program did in one round. Times in ms, CPU times per message. */
export interface Measured {
  messagesPerSecond: number;
  acceptedP50: number;
  acceptedP99: number;
  repliedP50: number;
  repliedP99: number;
  programCpu: number;
  postgresCpu: number;
  /** Of the crowd, which is no part of either program but shares its cores. */
  crowdCpu: number;
  /** MB. */
  rss: number;
  messages: number;
  callsPerMessage: number;
}

/** Longer than what is still written after the last reply. */
const settling = 150;

/** Has people walk through their conversations with one program, and measures it. Throws when a case is not there once. */
export async function runRound(
  crowd: CrowdLink,
  program: Program,
  { people, atOnce, plans }: { people: number; atOnce: number; plans: Plan[] },
): Promise<Measured> {
  const before = readCpu(program.processes);
  const report = await crowd.order({ type: "walk", token: program.token, people, atOnce, plans });
  await sleep(settling);
  const cpu = cpuBetween(before, readCpu(program.processes));
  await checkCases(program, report, people);
  const { messages } = report;
  return {
    messagesPerSecond: messages / report.seconds,
    acceptedP50: report.accepted.p50,
    acceptedP99: report.accepted.p99,
    repliedP50: report.replied.p50,
    repliedP99: report.replied.p99,
    programCpu: cpu.program / messages,
    postgresCpu: cpu.postgres / messages,
    crowdCpu: report.cpu / messages,
    rss: readRss(program.processes.program),
    messages,
    callsPerMessage: report.calls / messages,
  };
}
