import { type Config, readConfig } from "./config.ts";
import { ConfigError } from "./config-faults.ts";
import { keepEncryptionKey } from "./encryption-key.ts";
import { loadPlace } from "./places.ts";
import { CommandError, commands, usage } from "./staff-commands.ts";
import { findEmbedded } from "./store/embedded.ts";
import { openKeyring } from "./store/keyring.ts";
import { openPool } from "./store/pool.ts";

async function main(): Promise<void> {
  const [name = "", ...words] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CommandError(usage);
  const config = readConfig(process.env);
  const pool = openPool(await databaseUrl(config), { info() {}, warn() {}, error() {} });
  try {
    const keyring = await openKeyring(pool, config.encryptionKey ?? (await keepEncryptionKey(config.dataDir)));
    const place = loadPlace(config.place);
    const lines = await command({ pool, keyring, place, publicUrl: config.publicUrl, now: new Date() }, words);
    process.stdout.write(`${lines.join("\n")}\n`);
  } catch (cause) {
    throw explained(cause);
  } finally {
    await pool.end();
  }
}

async function databaseUrl({ databaseUrl: given, dataDir }: Config): Promise<string> {
  const url = given ?? (await findEmbedded(dataDir));
  if (url) return url;
  throw new CommandError(
    `No database is running below ${dataDir}. Start the service first ("npm start"), with the same DATA_DIR; ` +
      "or set DATABASE_URL to the database that it uses.",
  );
}

function explained(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  // SQLSTATE 42P01: a table is missing.
  if (code === "42P01") return new CommandError("The database is still empty. Start the service once, then try again.");
  if (code === "ECONNREFUSED") return new CommandError("The database does not answer. Is it running?");
  // What node:util says of an option it does not know is a sentence already.
  if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS") && cause instanceof Error)
    return new CommandError(`${cause.message}\n\n${usage}`);
  return cause;
}

main().catch((error: unknown) => {
  const known = error instanceof CommandError || error instanceof ConfigError;
  process.stderr.write(known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
