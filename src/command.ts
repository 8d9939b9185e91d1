import { type Config, readConfig } from "./config.ts";
import { ConfigError } from "./config-faults.ts";
import { keepEncryptionKeys } from "./encryption-key.ts";
import { findEmbedded } from "./store/embedded.ts";
import { KeyError } from "./store/wrapping.ts";

/** What the administrator can do something about; shown without a stack. */
export class CommandError extends Error {
  override name = "CommandError";
}

/** Runs a command of the administrator's with the settings and its words, and says in words what went wrong. */
export function runCommand(work: (config: Config, words: string[]) => Promise<void>): void {
  const run = async () => {
    try {
      await work(readConfig(process.env), process.argv.slice(2));
    } catch (cause) {
      throw explained(cause);
    }
  };
  run().catch((error: unknown) => {
    const known = error instanceof CommandError || error instanceof ConfigError || error instanceof KeyError;
    process.stderr.write(known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}

/** The database that the service uses: the settings' one, or the embedded one while its server runs. */
export async function databaseUrlOf({ databaseUrl: given, dataDir }: Config): Promise<string> {
  const url = given ?? (await findEmbedded(dataDir));
  if (url) return url;
  throw new CommandError(
    `No database is running below ${dataDir}. Start the service first ("npm start"), with the same DATA_DIR; ` +
      "or set DATABASE_URL to the database that it uses.\n",
  );
}

/** The keys of the settings, or those below DATA_DIR. */
export async function encryptionKeysOf(config: Config): Promise<Buffer[]> {
  return config.encryptionKeys ?? keepEncryptionKeys(config.dataDir);
}

function explained(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  // SQLSTATE 42P01: a table is missing.
  if (code === "42P01")
    return new CommandError("The database is still empty. Start the service once, then try again.\n");
  if (code === "ECONNREFUSED") return new CommandError("The database does not answer. Is it running?\n");
  return cause;
}
