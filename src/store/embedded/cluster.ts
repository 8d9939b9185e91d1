import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Account, callAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** Where the embedded PostgreSQL keeps its things; all paths absolute. */
export type Cluster = { root: string; data: string; log: string; password: string };

/** Name of PostgreSQL's superuser and of the service's database. */
export const databaseName = "lotse";

const prefix = "postgres.new-";

/** Returns the cluster below a data directory, or `undefined` when none was made yet. */
export async function openCluster(dataDir: string): Promise<Cluster | undefined> {
  try {
    const root = join(await realpath(dataDir), "postgres");
    const password = (await readFile(join(root, "password"), "utf8")).trim();
    return { root, data: join(root, "data"), log: join(root, "log"), password };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/**
 * Makes a cluster below a data directory: UTF-8, the built-in locale C.UTF-8, a random password in a file only its
 * owner may read. It appears whole or not at all, also when two processes make it at once or the power fails.
 */
export async function createCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  durable: boolean,
): Promise<Cluster> {
  // Others may pass through, as PostgreSQL has to; every file in it is closed by its own rights.
  if (!existsSync(dataDir)) await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const root = await mkdtemp(join(await realpath(dataDir), prefix));
  const password = join(root, "password");
  await writeFile(password, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600, flush: true });
  if (account) for (const path of [root, password]) await chown(path, account.uid, account.gid);
  const call = callAs(account, [binaries.initdb, root], binaries.initdb, [
    ...["-D", join(root, "data"), "-U", databaseName, `--pwfile=${password}`, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(durable ? [] : ["--no-sync"]),
  ]);
  const { status, error, stderr } = spawnSync(call.command, call.args, {
    ...call.options,
    cwd: "/",
    env: serverEnvironment,
    encoding: "utf8",
  });
  try {
    if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr.trim()}`, { cause: error });
    await rename(root, join(dirname(root), "postgres"));
  } catch (cause) {
    await rm(root, { recursive: true, force: true });
    // Another process may have been faster; its cluster is as good.
    if (!(await openCluster(dataDir))) throw cause;
  }
  const cluster = await openCluster(dataDir);
  if (!cluster) throw new Error(`The database below ${dataDir} vanished.`);
  return cluster;
}

/** Removes what crashed first starts left. Only for the process that holds the cluster's lock. */
export async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(prefix)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

/** All that PostgreSQL's programs get to know of our environment: no settings, no secrets. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
