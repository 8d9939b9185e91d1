import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { settingNames } from "../../src/config.ts";

const root = join(import.meta.dirname, "../..");
const patience = 60_000;

export type Settings = { [name: string]: string | number };

/** How a process ended, and how long it took from the signal on (ms). */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  took: number;
}

/** One process of the service, as `npm start` runs it without npm around it. */
export class Instance {
  readonly #settings: Settings;
  readonly port: number;
  #child: ChildProcess | undefined;
  /** All that all its processes ever printed. */
  output = "";

  constructor(settings: Settings & { PORT: number }) {
    this.#settings = settings;
    this.port = settings.PORT;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts a process and leaves it to itself. */
  launch(): void {
    const child = spawn(process.execPath, ["--max-semi-space-size=8", "src/main.ts"], {
      cwd: root,
      env: environmentWith(this.#settings),
      // A group of its own: Ctrl-C here is this program's matter, which stops it in order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    this.#child = child;
  }

  /** Starts a process and waits until it says that it is ready; answers how long that took (ms). */
  async start(): Promise<number> {
    this.launch();
    return this.untilReady();
  }

  /** Waits until the process says that it is ready; answers how long that took (ms). */
  async untilReady(): Promise<number> {
    const begun = performance.now();
    while (!(await this.ready())?.ready) {
      if (!this.isRunning) throw new Error(`the service ended:\n${this.lastWords}`);
      if (performance.now() - begun > patience) throw new Error(`the service is not ready:\n${this.lastWords}`);
      await sleep(20);
    }
    return performance.now() - begun;
  }

  /** What `GET /ready` says; nothing when nobody answers. */
  async ready(): Promise<{ ready: boolean; checks: Record<string, { ok: boolean; why?: string }> } | undefined> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/ready`, { signal: AbortSignal.timeout(4000) });
      return (await response.json()) as Awaited<ReturnType<Instance["ready"]>>;
    } catch {
      return undefined;
    }
  }

  /** Sends a signal and waits until the process is gone. */
  async end(signal: NodeJS.Signals): Promise<End> {
    const child = this.#child;
    if (!child || !this.isRunning) throw new Error(`there is nothing to end:\n${this.lastWords}`);
    const gone = once(child, "exit");
    const begun = performance.now();
    child.kill(signal);
    const [code, by] = await gone;
    return { code, signal: by, took: performance.now() - begun };
  }

  /** Waits until the process ends by itself. */
  async ended(): Promise<End> {
    const child = this.#child;
    const begun = performance.now();
    if (child && this.isRunning) await once(child, "exit");
    return { code: child?.exitCode ?? null, signal: child?.signalCode ?? null, took: performance.now() - begun };
  }

  get lastWords(): string {
    return this.output.trim().split("\n").slice(-15).join("\n");
  }
}

/** The environment of a service: nothing set but what is named, whatever is set here or in a file .env. */
function environmentWith(settings: Settings): NodeJS.ProcessEnv {
  const none = Object.fromEntries(settingNames.map((name) => [name, ""]));
  const given = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  return { ...process.env, ...none, ...given };
}
