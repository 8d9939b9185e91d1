import { readConfig } from "./config.ts";
import { ConfigError } from "./config-faults.ts";
import { openDatabase } from "./database.ts";
import { returnIdleMemory } from "./idle-memory.ts";
import { createLog, logError } from "./log.ts";
import { startService } from "./service.ts";
import { InUseError } from "./store/embedded/connection.ts";
import { MigrationError } from "./store/migrate.ts";
import { KeyError } from "./store/wrapping.ts";

/** All must be over by then: what waits longer is in the outbox. */
const patienceAtStop = 5000;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLog(config.logLevel);
  const log = {
    info: (text: string) => logger.info(text),
    warn: (text: string) => logger.warn(text),
    error: (text: string) => logger.error(text),
  };
  for (const warning of config.warnings) log.warn(warning);
  const database = await openDatabase(config, log);
  let service: Awaited<ReturnType<typeof startService>>;
  try {
    service = await startService(config, database, log, (cause, what) => logError(logger, cause, what));
  } catch (error) {
    await database.stop();
    throw error;
  }

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patienceAtStop).unref();
    await service.stop();
    await database.stop();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
  process.on("unhandledRejection", (cause) => {
    logError(logger, cause, "a fault nobody caught");
  });
  // Left to itself, Node prints the error's message, which may quote what people wrote. What was under way is unknown.
  process.on("uncaughtException", (cause) => {
    logError(logger, cause, "a fault nobody caught; ending");
    process.exit(1);
  });
  returnIdleMemory();
  const staff = service.firstLink
    ? `${config.publicUrl}${service.firstLink}  (works once, for the first administrator)`
    : `${config.publicUrl}/staff  (links to sign in: page "Personen", or npm run staff -- link "Vorname Nachname")`;
  process.stdout.write(`\nChat:  ${config.publicUrl}\nStaff: ${staff}\n\n`);
}

start().catch((error: unknown) => {
  // These say in words what the administrator can do; anything else needs its stack.
  const known = [ConfigError, InUseError, MigrationError, KeyError].some((kind) => error instanceof kind);
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
