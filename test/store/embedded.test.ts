import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findAccount } from "../../src/store/embedded/account.ts";
import { findBinaries } from "../../src/store/embedded/binaries.ts";
import { createCluster } from "../../src/store/embedded/cluster.ts";
import { clusterUrl, freePort, knock } from "../../src/store/embedded/connection.ts";
import { startPostmaster } from "../../src/store/embedded/postmaster.ts";
import { findEmbedded, startEmbedded } from "../../src/store/embedded.ts";

const program = new URL("./embedded-process.ts", import.meta.url).pathname;
const log = { info() {}, warn() {}, error() {} };

let top: string;
let directory: string;
let children: ChildProcess[];

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "embedded-"));
  await chmod(top, 0o755);
  directory = join(top, "data");
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  if (await findEmbedded(directory)) await (await startEmbedded(directory, log)).stop();
  await rm(top, { recursive: true });
});

/** Starts the program and returns it with the first line it prints, and all that it printed so far. */
async function start() {
  const child = spawn(process.execPath, [program, directory], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  await expect.poll(() => output, { timeout: 60_000 }).toContain("\n");
  return { child, line: output.split("\n")[0] ?? "", output: () => output };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  return (await exited)[0];
}

async function ask(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = () => join(directory, "postgres/data/postmaster.pid");

async function serverPid(): Promise<number> {
  return Number((await readFile(pidFile(), "utf8")).split("\n")[0]);
}

async function gone(pid: number) {
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
}

/** A process whose parent was killed may stay as an entry without a program: that counts as gone. */
async function isRunning(pid: number) {
  try {
    process.kill(pid, 0);
    const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    return !status.includes(") Z");
  } catch {
    return false;
  }
}

test("makes a durable database in UTF-8 that listens on this machine only", async () => {
  const { url, stop } = await startEmbedded(directory, log);
  const settings = `SELECT name, setting FROM pg_settings WHERE name IN
    ('fsync', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'server_encoding') ORDER BY name`;
  expect((await ask(url, settings)).map(({ name, setting }) => [name, setting])).toEqual([
    ["fsync", "on"],
    ["listen_addresses", "127.0.0.1"],
    ["server_encoding", "UTF8"],
    ["synchronous_commit", "on"],
    ["unix_socket_directories", ""],
  ]);
  expect(await ask(url, "SELECT lower('ÄÖ') AS lower, current_database() AS name")).toEqual([
    { lower: "äö", name: "lotse" },
  ]);
  expect((await stat(join(directory, "postgres/password"))).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, "postgres"))).mode & 0o777).toBe(0o700);
  await stop();
});

test("stops its server in order and keeps everything for the next start", async () => {
  const first = await start();
  await ask(first.line, "CREATE TABLE kept AS SELECT 1 AS n");
  const pid = await serverPid();
  expect(await end(first.child, "SIGTERM")).toBe(0);
  await gone(pid);
  expect(await findEmbedded(directory)).toBeUndefined();
  expect(await readFile(join(directory, "postgres/log"), "utf8")).toContain("database system is shut down");
  const second = await start();
  expect(await ask(second.line, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
});

test("takes over the server of a process that was killed, and stops it later", async () => {
  const first = await start();
  const pid = await serverPid();
  await end(first.child, "SIGKILL");
  const second = await start();
  expect(second.line).toBe(first.line);
  expect(await serverPid()).toBe(pid);
  expect(await findEmbedded(directory)).toBe(first.line);
  expect(await end(second.child, "SIGTERM")).toBe(0);
  await gone(pid);
});

test("refuses a second process while the first lives", async () => {
  const first = await start();
  const second = await start();
  expect(second.line).toContain("Another process is using this data directory.");
  expect(await ask(first.line, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
});

test("lets one of two first starts at the same moment win", async () => {
  const lines = (await Promise.all([start(), start()])).map(({ line }) => line.slice(0, 12)).sort();
  expect(lines).toEqual(["InUseError: ", "postgresql:/"]);
});

test("lets its process finish its work after a Ctrl-C that goes to the whole terminal", async () => {
  const { child, output } = await start();
  const exited = once(child, "exit");
  process.kill(-(child.pid ?? 0), "SIGINT");
  expect(await exited).toEqual([0, null]);
  expect(output()).toContain("still there");
});

test.each([
  ["whose number another process has now", (text: string) => text.replace(/^\d+/, String(process.pid))],
  ["whose process is gone", (text: string) => text],
  ["that is empty", () => ""],
])("starts beside a postmaster.pid %s", async (_, change) => {
  const first = await start();
  await ask(first.line, "CREATE TABLE kept AS SELECT 1 AS n");
  const [pid, text] = [await serverPid(), await readFile(pidFile(), "utf8")];
  await end(first.child, "SIGKILL");
  process.kill(pid, "SIGKILL");
  await gone(pid);
  await writeFile(pidFile(), change(text));
  await utimes(pidFile(), 0, 0);
  const second = await start();
  expect(await ask(second.line, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
});

test("replaces a server that does not answer", { timeout: 120_000 }, async () => {
  const first = await start();
  await ask(first.line, "CREATE TABLE kept AS SELECT 1 AS n");
  const pid = await serverPid();
  await end(first.child, "SIGKILL");
  process.kill(pid, "SIGSTOP");
  const second = await start();
  await expect.poll(second.output, { timeout: 60_000 }).toContain("postgresql:");
  const url = second.output().match(/postgresql:\S+/)?.[0] ?? "";
  expect(await ask(url, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  expect(await serverPid()).not.toBe(pid);
});

test("brings a server that dies back on the same port", async () => {
  const { child, line } = await start();
  const pid = await serverPid();
  process.kill(pid, "SIGKILL");
  await expect.poll(() => ask(line, "SELECT 1 AS n").catch(() => "down"), { timeout: 25_000 }).toEqual([{ n: 1 }]);
  expect(await serverPid()).not.toBe(pid);
  expect((await start()).line).toContain("InUseError");
  expect(await end(child, "SIGTERM")).toBe(0);
});

test.runIf(process.getuid?.() === 0)("works below a directory that only root may enter", async () => {
  await chmod(top, 0o700);
  const { line, child } = await start();
  expect(await ask(line, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  expect(await end(child, "SIGTERM")).toBe(0);
});

test.runIf(process.getuid?.() === 0)("works with programs that only root may reach", async () => {
  await chmod(top, 0o700);
  const { initdb } = await findBinaries();
  const programs = join(top, "native");
  await cp(resolve(initdb, "../.."), programs, { recursive: true, verbatimSymlinks: true });
  const binaries = { initdb: join(programs, "bin/initdb"), postgres: join(programs, "bin/postgres") };
  const account = findAccount();
  const cluster = await createCluster(directory, binaries, account, false);
  const port = await freePort();
  const hasFailed = await startPostmaster(cluster, binaries, account, port, { fsync: "off" });
  await expect
    .poll(() => hasFailed() || knock(clusterUrl(cluster, port, "postgres")), { timeout: 20_000 })
    .toBe("ready");
});
