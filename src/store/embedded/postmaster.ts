import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Account, callAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Cluster, serverEnvironment } from "./cluster.ts";

/** A running PostgreSQL server process. */
export type Postmaster = { pid: number; port: number };

/** Settings for the server's command line. */
export type Settings = Record<string, string>;

const settings: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // A statement, or an error about a value, holds what people wrote: only news of the server itself goes to its log.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
};

/** Finds the server that runs on a cluster, as its `postmaster.pid` tells; a file left by a crash finds none. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const [pid, data, , port] = (await readPidFile(cluster))?.split("\n") ?? [];
  if (!pid || !data || !port) return undefined;
  return commandLine(Number(pid)).includes(data) ? { pid: Number(pid), port: Number(port) } : undefined;
}

/**
 * Starts a server on a cluster. It lives on when this process dies, and does not get the signals of its terminal.
 * Returns a function that says whether the start failed.
 */
export async function startPostmaster(
  cluster: Cluster,
  binaries: Binaries,
  account: Account,
  port: number,
  extra: Settings,
): Promise<() => boolean> {
  await removeMisleadingPidFile(cluster);
  const log = openSync(cluster.log, "w", 0o600);
  const flags = Object.entries({ ...settings, ...extra }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", cluster.data, "-p", String(port), ...flags];
  const call = callAs(account, [binaries.postgres, cluster.data], binaries.postgres, args);
  const child = spawn(call.command, call.args, {
    ...call.options,
    cwd: "/",
    env: serverEnvironment,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  child.once("exit", () => {
    failed = true;
  });
  child.unref();
  return () => failed;
}

/** Stops a server: in order first (no new work, a last checkpoint), harder when that takes more than 3 s. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  const steps = [
    ["SIGINT", 3_000],
    ["SIGQUIT", 1_000],
    ["SIGKILL", 10_000],
  ] as const;
  for (const [signal, patience] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already.
    }
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
      if ((await findPostmaster(cluster))?.pid !== pid) return;
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

async function readPidFile(cluster: Cluster): Promise<string | undefined> {
  return readFile(join(cluster.data, "postmaster.pid"), "utf8").catch(() => undefined);
}

/**
 * PostgreSQL itself removes the file of a server that is gone, with two exceptions after a loss of power: when another
 * process got the number meanwhile, and when the file is empty.
 */
async function removeMisleadingPidFile(cluster: Cluster): Promise<void> {
  const path = join(cluster.data, "postmaster.pid");
  const text = await readPidFile(cluster);
  if (text === undefined || (await findPostmaster(cluster))) return;
  // A young one without a port may be in the making.
  const age = Date.now() - (await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now));
  if (text.split("\n")[3] || age > 5_000) await rm(path, { force: true });
}

/** The command line of a process; empty when there is none, or only its remains. */
function commandLine(pid: number): string {
  if (!existsSync("/proc/self")) {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
