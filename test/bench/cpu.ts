import { readdirSync, readFileSync } from "node:fs";

/** What is measured: the program, and the PostgreSQL server that it uses. */
export interface Processes {
  program: number;
  postmaster: number;
}

/** CPU time since the start, ms (Linux counts it in steps of 10). */
export interface Cpu {
  program: number;
  postgres: number;
}

const msPerTick = 10;

/** CPU time of both, from /proc: of the server with all its processes, also those that have ended. */
export function readCpu({ program, postmaster }: Processes): Cpu {
  const main = readStat(postmaster);
  let postgres = main.own + main.ended;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat.parent === postmaster) postgres += stat.own;
  }
  return { program: readStat(program).own, postgres };
}

/** CPU time between two readings. */
export function cpuBetween(before: Cpu, after: Cpu): Cpu {
  return { program: after.program - before.program, postgres: after.postgres - before.postgres };
}

/** Memory of a process, MB (VmRSS). */
export function readRss(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && readStat(Number(name)).parent === pid)
    .map(Number);
}

function readStat(pid: number): { parent: number; own: number; ended: number } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold spaces. Fields by proc(5): 4 is the parent, 14 to 17 are times.
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const at = (field: number) => fields[field - 3] ?? 0;
    return { parent: at(4), own: (at(14) + at(15)) * msPerTick, ended: (at(16) + at(17)) * msPerTick };
  } catch {
    // It has ended meanwhile; its time is its parent's now.
    return { parent: 0, own: 0, ended: 0 };
  }
}
