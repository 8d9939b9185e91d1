import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keepEncryptionKeys } from "../../src/encryption-key.ts";
import { openCluster } from "../../src/store/embedded/cluster.ts";
import { freePort } from "../../src/store/embedded/connection.ts";
import { findPostmaster } from "../../src/store/embedded/postmaster.ts";
import { findEmbedded, startEmbedded } from "../../src/store/embedded.ts";
import { TelegramDouble } from "../doubles/telegram/index.ts";
import { Crowd } from "./crowd.ts";
import { Instance, type Settings } from "./instance.ts";
import { judge, judgeLogs } from "./judge.ts";
import { openRecords, type Records } from "./judge-case.ts";
import { gentle, type Mischief } from "./person.ts";
import { randomOf } from "./random.ts";
import { Staff } from "./staff.ts";
import { Verdict } from "./verdict.ts";

const secret = "secret-of-the-fault-tests";
// A process looks once a second for what ended ones have left.
const takeoverMs = 1500;
export const silent = { info() {}, warn() {}, error() {} };

export interface StageOptions {
  name: string;
  seed: number;
  mischief?: Mischief;
  /** Time that each call of the Bot API takes (ms): with it, more is under way when something ends. */
  latencyMs?: number;
}

/** All that a run needs: a data directory, the double with people and staff, and the verdict. */
export class Stage {
  readonly verdict: Verdict;
  readonly random: () => number;
  readonly telegram: TelegramDouble;
  readonly staff: Staff;
  readonly crowd: Crowd;
  readonly dataDir: string;
  readonly instances: Instance[] = [];
  /** Directories with a database. */
  readonly databases: string[];
  readonly #disturbances: { from: number; to: number }[] = [];
  readonly #ends: (() => Promise<void>)[] = [];
  #closing: Promise<void> | undefined;

  constructor(options: StageOptions, telegram: TelegramDouble, dataDir: string) {
    this.verdict = new Verdict(options.name);
    this.random = randomOf(options.seed);
    this.telegram = telegram;
    this.dataDir = dataDir;
    this.databases = [dataDir];
    this.staff = new Staff(telegram, randomOf(options.seed + 1));
    this.crowd = new Crowd(telegram, options.mischief ?? gentle, options.seed);
  }

  /** Settings of a process on the embedded database below the stage's data directory. */
  async instance(extra: Settings = {}): Promise<Instance> {
    const port = await freePort();
    const instance = new Instance({
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: this.dataDir,
      TELEGRAM_BOT_TOKEN: this.telegram.token,
      TELEGRAM_API_ROOT: this.telegram.url,
      TELEGRAM_WEBHOOK_SECRET: secret,
      TELEGRAM_STAFF_CHAT: this.staff.group,
      ...extra,
    });
    this.instances.push(instance);
    return instance;
  }

  /** Notes that something is done to the service now, which may have messages sent again until `recover`. */
  disturb(what: string): void {
    this.verdict.count(what);
    this.#disturbances.push({ from: Date.now(), to: Number.POSITIVE_INFINITY });
  }

  /** Notes that everything works again. */
  recover(): void {
    const to = Date.now() + takeoverMs;
    for (const window of this.#disturbances) window.to = Math.min(window.to, to);
  }

  /** Whether a message that was sent at one time (ms) and again at another may have been: something happened between. */
  readonly excuses = (first: number, again: number): boolean =>
    this.#disturbances.some(({ from, to }) => from <= again && first <= to);

  /** Sends a signal to the PostgreSQL below a directory. */
  async signalPostgres(signal: "SIGKILL" | "SIGINT", dataDir = this.dataDir): Promise<void> {
    const cluster = await openCluster(dataDir);
    const postmaster = cluster && (await findPostmaster(cluster));
    if (postmaster) process.kill(postmaster.pid, signal);
  }

  /** A random time (ms) between two. */
  between(least: number, most: number): number {
    return least + this.random() * (most - least);
  }

  /** Lets everybody arrive, and judges everything. The service has to be running. */
  async judge(database?: { url: string; key: Buffer }): Promise<Verdict> {
    await this.crowd.finish();
    // The last cards are pressed on.
    await sleep(700);
    this.staff.stop();
    const records = await this.records(database);
    try {
      await judge(this, records);
    } finally {
      await records.close();
    }
    return this.verdict;
  }

  /** Opens what the service keeps. The service has to be running. */
  async records(database?: { url: string; key: Buffer }): Promise<Records> {
    const url = database?.url ?? (await findEmbedded(this.dataDir)) ?? "";
    const keys = database ? [database.key] : await keepEncryptionKeys(this.dataDir);
    return openRecords(url, keys, this.telegram.token.split(":")[0] ?? "");
  }

  /** What PostgreSQL wrote into its log, below each directory. */
  readonly postgresLogs = (): Promise<string[]> =>
    Promise.all(this.databases.map((dir) => readFile(join(dir, "postgres", "log"), "utf8").catch(() => "")));

  /** Something that ends with the stage. */
  onClose(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  /** Ends everything, once, whoever asks. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.staff.stop();
    for (const instance of this.instances) if (instance.isRunning) await instance.end("SIGKILL");
    await this.telegram.stop();
    for (const end of this.#ends.splice(0)) await end();
    if (await findEmbedded(this.dataDir)) await (await startEmbedded(this.dataDir, silent)).stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Sets a stage, plays on it, and clears it away whatever happened. */
export async function onStage(options: StageOptions, play: (stage: Stage) => Promise<void>): Promise<Verdict> {
  const { latencyMs = 0 } = options;
  const telegram = await TelegramDouble.start({ retryScale: 0.05, keepCalls: 1_000_000, latencyMs });
  const stage = new Stage(options, telegram, await mkdtemp(join(tmpdir(), "lotse-faults-")));
  stages.add(stage);
  try {
    await play(stage);
  } catch (error) {
    stage.verdict.broken.push(`the run ended: ${(error as Error).message}`);
  } finally {
    await judgeLogs(stage);
    stages.delete(stage);
    await stage.close();
  }
  return stage.verdict;
}

const stages = new Set<Stage>();

/** Clears away what is still there. */
export async function clearStages(): Promise<void> {
  await Promise.allSettled([...stages].map((stage) => stage.close()));
}
