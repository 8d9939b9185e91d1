import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settingNames } from "../../src/config.ts";
import { freePort } from "../../src/store/embedded/connection.ts";
import { findEmbedded } from "../../src/store/embedded.ts";
import type { Processes } from "./cpu.ts";
import type { CrowdLink } from "./crowd-link.ts";
import { Launched } from "./launch.ts";

/** A program under test, connected to the crowd, with its own PostgreSQL. */
export interface Program {
  name: "service" | "reference";
  token: string;
  /** Has the column `code`. */
  caseTable: string;
  processes: Processes;
  databaseUrl: string;
  stop(): Promise<void>;
}

const service = { name: "service", token: "4242:bench-service", caseTable: "case_file" } as const;
const reference = { name: "reference", token: "4343:bench-reference", caseTable: "file" } as const;
const staffGroup = -1_001_000_000_001;
const secret = "bench";
const startPatience = 60_000;
const root = join(import.meta.dirname, "../..");

/** The command of `npm start`, without npm around it. */
export function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  const [, ...args] = scripts.start.split(" ");
  return [process.execPath, ...args];
}

/** Starts the service on a data directory. */
export async function startService(crowd: CrowdLink, dataDir: string, command = startCommand()): Promise<Program> {
  const port = await freePort();
  const settings: { [name: string]: string } = {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    TELEGRAM_BOT_TOKEN: service.token,
    TELEGRAM_API_ROOT: crowd.url,
    TELEGRAM_WEBHOOK_SECRET: secret,
    TELEGRAM_STAFF_CHAT: String(staffGroup),
  };
  // What is empty counts as not set; it keeps a file .env from setting it.
  const none = Object.fromEntries(settingNames.map((name) => [name, ""]));
  return start(crowd, service, dataDir, command, { ...process.env, ...none, ...settings });
}

/** Starts the reference on a data directory; it says what stands in the file of transcripts. */
export async function startReference(crowd: CrowdLink, dataDir: string, transcripts: string): Promise<Program> {
  const settings = { token: reference.token, apiRoot: crowd.url, secret, dataDir, transcripts, staffGroup };
  const command = [process.execPath, join(import.meta.dirname, "reference.ts"), JSON.stringify(settings)];
  return start(crowd, reference, dataDir, command, process.env);
}

async function start(
  crowd: CrowdLink,
  kind: Pick<Program, "name" | "token" | "caseTable">,
  dataDir: string,
  [command = "", ...args]: string[],
  env: NodeJS.ProcessEnv,
): Promise<Program> {
  const launched = new Launched(command, args, env, dataDir);
  const stop = async () => {
    running.delete(stop);
    await launched.stop();
    await crowd.order({ type: "forget", token: kind.token });
  };
  running.add(stop);
  await Promise.race([
    crowd.order({ type: "connected", token: kind.token, patience: startPatience }),
    launched.failure(),
  ]);
  const databaseUrl = (await findEmbedded(dataDir)) ?? "";
  return { ...kind, processes: await launched.processes(), databaseUrl, stop };
}

const running = new Set<() => Promise<void>>();

/** Stops every program that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.allSettled([...running].map((stop) => stop()));
}
