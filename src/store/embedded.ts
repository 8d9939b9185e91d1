import { readFile, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { Log } from "../domain/log.ts";
import { type Account, findAccount } from "./embedded/account.ts";
import { type Binaries, findBinaries } from "./embedded/binaries.ts";
import { type Cluster, createCluster, databaseName, openCluster, removeUnfinished } from "./embedded/cluster.ts";
import { clusterUrl, freePort, knock, takeLock } from "./embedded/connection.ts";
import { findPostmaster, type Settings, startPostmaster, stopPostmaster } from "./embedded/postmaster.ts";

/** The embedded PostgreSQL, for as long as this process uses it. */
export type Embedded = { url: string; stop: () => Promise<void> };

// How long a server may say nothing, and how long it may keep failing to start, before more is done about it.
const silenceLimit = 10_000;
const failureLimit = 10_000;

/**
 * Starts the PostgreSQL below `dataDir`, made at the first start, and keeps it running until `stop`. A server that
 * outlived its process is taken over. Throws when another process uses the directory, or the server does not start.
 * `settings` go to the server's command line.
 */
export async function startEmbedded(dataDir: string, log: Log, settings: Settings = {}): Promise<Embedded> {
  const binaries = await findBinaries();
  const cluster =
    (await openCluster(dataDir)) ?? (await createCluster(dataDir, binaries, findAccount(), settings.fsync !== "off"));
  const parts = { cluster, binaries, account: await ownerOf(cluster), log, settings };

  let port = await run(parts);
  let lock: Client | undefined;
  // Another process that is just stopping takes its server with it: then there is one more to start.
  while (!lock) {
    lock = await takeLock(clusterUrl(cluster, port, "postgres"));
    if (!lock) port = await run(parts);
  }
  await removeUnfinished(dataDir);
  await createDatabase(lock);

  let stopping = false;
  let holding = false;
  let recovery: Promise<void> | undefined;
  const watch = (client: Client) => {
    holding = true;
    client.once("end", () => {
      holding = false;
      if (!stopping) recovery = recover();
    });
  };
  const recover = async () => {
    log.warn("Lost the embedded PostgreSQL; bringing it back.");
    while (!stopping) {
      try {
        // On the same port, where everybody knows it to be.
        await run(parts, port);
        const client = await takeLock(clusterUrl(cluster, port, "postgres"));
        if (client) return watch(client);
      } catch (cause) {
        log.error(`The embedded PostgreSQL did not start again: ${cause instanceof Error ? cause.message : ""}`);
      }
      await sleep(1_000);
    }
  };
  watch(lock);

  const stop = async () => {
    stopping = true;
    await recovery;
    const postmaster = holding && (await findPostmaster(cluster));
    // The lock's connection stays open until the server closes it, so that nobody takes over what is being stopped.
    if (postmaster) await stopPostmaster(cluster, postmaster);
  };
  return { url: clusterUrl(cluster, port, databaseName), stop };
}

/** The URL of the database below `dataDir` while its server runs, for other commands on the same machine. */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const cluster = await openCluster(dataDir);
  const postmaster = cluster && (await findPostmaster(cluster));
  return postmaster && clusterUrl(cluster, postmaster.port, databaseName);
}

type Parts = { cluster: Cluster; binaries: Binaries; account: Account; log: Log; settings: Settings };

/** Brings the server to where it answers, whatever state a crash left it in, and returns its port. */
async function run({ cluster, binaries, account, log, settings }: Parts, wantedPort?: number): Promise<number> {
  let silentSince: number | undefined;
  let failingSince: number | undefined;
  let hasFailed: (() => boolean) | undefined;
  for (;;) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster) {
      const answer = await knock(clusterUrl(cluster, postmaster.port, "postgres"));
      if (answer === "ready") return postmaster.port;
      if (answer === "silent") silentSince ??= Date.now();
      else silentSince = undefined;
      if (silentSince && Date.now() - silentSince > silenceLimit) {
        log.warn("The PostgreSQL that is running does not answer; stopping it.");
        await stopPostmaster(cluster, postmaster);
        silentSince = undefined;
      }
    } else if (!hasFailed || hasFailed()) {
      if (hasFailed) failingSince ??= Date.now();
      if (failingSince && Date.now() - failingSince > failureLimit) throw await startFailure(cluster);
      // Failures may pass: a port someone else was faster to take, processes of a killed server that are still ending.
      if (hasFailed) await sleep(300);
      hasFailed = await startPostmaster(cluster, binaries, account, wantedPort ?? (await freePort()), settings);
    }
    await sleep(20);
  }
}

async function startFailure(cluster: Cluster): Promise<Error> {
  const lines = (await readFile(cluster.log, "utf8")).trim().split("\n");
  return new Error(`The embedded PostgreSQL does not start. The end of ${cluster.log}:\n${lines.slice(-5).join("\n")}`);
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
  if (!rowCount) await client.query(`CREATE DATABASE ${databaseName}`);
}

/** The account whose files the cluster's are: also after a new machine or container numbers its users otherwise. */
async function ownerOf(cluster: Cluster): Promise<Account> {
  const { uid, gid } = await stat(cluster.data);
  return process.getuid?.() === 0 && uid !== 0 ? { uid, gid } : findAccount();
}
