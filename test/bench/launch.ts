import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../src/store/embedded/cluster.ts";
import { findPostmaster } from "../../src/store/embedded/postmaster.ts";
import { startEmbedded } from "../../src/store/embedded.ts";
import { childrenOf, type Processes } from "./cpu.ts";

const patienceAtStop = 10_000;

/** A program of its own with an embedded PostgreSQL below its data directory. */
export class Launched {
  readonly #child: ChildProcess;
  readonly #dataDir: string;
  readonly #log: string;

  /** Starts a command from the project's root; what it prints goes to a file below its data directory. */
  constructor(command: string, args: string[], env: NodeJS.ProcessEnv, dataDir: string) {
    this.#dataDir = dataDir;
    this.#log = join(dataDir, "output");
    const output = openSync(this.#log, "w");
    const cwd = join(import.meta.dirname, "../..");
    // A group of its own: a signal from the terminal is the benchmark's matter, which stops it in order.
    this.#child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", output, output] });
    closeSync(output);
  }

  /** Rejects with the end of what it printed when it ends. */
  async failure(): Promise<never> {
    const [code, signal] = await once(this.#child, "exit");
    throw new Error(`${this.#child.spawnargs.join(" ")} ended (${code ?? signal}):\n${this.lastWords}`);
  }

  get lastWords(): string {
    return readFileSync(this.#log, "utf8").trim().split("\n").slice(-15).join("\n");
  }

  /** The process itself, below npm and its shell where these are in between, and its PostgreSQL. */
  async processes(): Promise<Processes> {
    let program = this.#child.pid ?? 0;
    for (let below = childrenOf(program); isWrapper(program); below = childrenOf(program)) program = below[0] ?? 0;
    const cluster = await openCluster(this.#dataDir);
    const postmaster = cluster && (await findPostmaster(cluster));
    return { program, postmaster: postmaster?.pid ?? 0 };
  }

  /** Stops it as an administrator does, or hard when that takes too long; the database too, whatever happened. */
  async stop(): Promise<void> {
    const { pid = 0, exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null && pid > 0) {
      const ended = once(this.#child, "exit");
      process.kill(-pid, "SIGTERM");
      await Promise.race([ended, sleep(patienceAtStop, undefined, { ref: false })]);
      if (this.#child.exitCode === null && this.#child.signalCode === null) process.kill(-pid, "SIGKILL");
    }
    await stopDatabase(this.#dataDir);
  }
}

async function stopDatabase(dataDir: string): Promise<void> {
  const cluster = await openCluster(dataDir);
  if (!cluster || !(await findPostmaster(cluster))) return;
  const silent = { info() {}, warn() {}, error() {} };
  await (await startEmbedded(dataDir, silent)).stop();
}

function isWrapper(pid: number): boolean {
  if (pid === 0) return false;
  return /^(npm|sh|dash|bash)/.test(readFileSync(`/proc/${pid}/comm`, "utf8"));
}
