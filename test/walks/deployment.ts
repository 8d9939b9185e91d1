import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { settingNames } from "../../src/config.ts";
import type { CaseDetails } from "../../src/domain/case.ts";
import { keepEncryptionKeys } from "../../src/encryption-key.ts";
import { readCase } from "../../src/store/cases.ts";
import { freePort } from "../../src/store/embedded/connection.ts";
import { findEmbedded, startEmbedded } from "../../src/store/embedded.ts";
import { openKeyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { TelegramDouble } from "../doubles/telegram/index.ts";

const root = join(import.meta.dirname, "../..");
// What a killed run leaves is removed with the rest of the tests' directories.
const prefix = "lotse-test-walks-";
const startPatience = 60_000;
const silent = { info() {}, warn() {}, error() {} };

/** Two colleagues in the staff group. */
export const colleagues = ["Erna Eins", "Zeno Zwei"] as const;

/** The service as `npm start` runs it, a process of its own on a new database, with a double as Telegram. */
export interface Deployment {
  telegram: TelegramDouble;
  /** Id of the staff group's chat. */
  group: number;
  /** Ids of the colleagues, in their order. */
  staff: number[];
  /** Where the web chat is. */
  url: string;
  /** The printed link that makes the first administrator, once. */
  staffLink: string;
  /** The case as it is stored, opened. */
  caseOf(code: string): Promise<CaseDetails | undefined>;
  /** The codes of all cases. */
  codes(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Sets up a deployment on a free port. Fails with the last words of the process when it does not come up. */
export async function deploy(): Promise<Deployment> {
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  const telegram = await TelegramDouble.start();
  const staff = colleagues.map((name) => telegram.user({ first_name: name }).id);
  const group = telegram.group({ members: staff }).id;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = launch({
    PORT: port,
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_STAFF_CHAT: group,
  });
  const close = async () => {
    const code = await end(child.process);
    await telegram.stop();
    // What ended in order has stopped its database.
    if (code !== 0 && (await findEmbedded(dataDir))) await (await startEmbedded(dataDir, silent)).stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const staffLink = await ready(url, child);
    const records = await openRecords(dataDir);
    const stop = async () => {
      await records.close();
      await close();
    };
    return { telegram, group, staff, url, staffLink, caseOf: records.caseOf, codes: records.codes, stop };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Launched {
  process: ChildProcess;
  printed(): string;
}

function launch(settings: { [name: string]: string | number }): Launched {
  // Nothing is set but this, whatever is set here or in a file .env.
  const none = Object.fromEntries(settingNames.map((name) => [name, ""]));
  const given = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  const child = spawn(process.execPath, ["src/main.ts"], { cwd: root, env: { ...process.env, ...none, ...given } });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  return { process: child, printed: () => printed };
}

/** Waits until everything works, and finds the printed link. */
async function ready(url: string, { process: child, printed }: Launched): Promise<string> {
  const until = performance.now() + startPatience;
  for (;;) {
    const link = /^Staff: +(\S+)/m.exec(printed())?.[1];
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (link && answer?.ok) return link;
    if (child.exitCode !== null || performance.now() > until) throw new Error(`the service is not up:\n${printed()}`);
    await sleep(50);
  }
}

/** Ends a process as an administrator does; answers its exit code. */
async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
  return child.exitCode;
}

async function openRecords(dataDir: string) {
  const pool = new Pool({ connectionString: await findEmbedded(dataDir), max: 2 });
  pool.on("error", () => {});
  const keyring = await openKeyring(pool, ...(await keepEncryptionKeys(dataDir)));
  const prisma = lazyPrisma(pool);
  return {
    caseOf: async (code: string) => readCase(await prisma(), keyring, code),
    codes: async () => (await pool.query<{ code: string }>("SELECT code FROM case_file")).rows.map(({ code }) => code),
    close: async () => {
      await (await prisma()).$disconnect();
      await pool.end();
    },
  };
}
