import { type Config, readConfig } from "./config.ts";
import { ConfigError } from "./config-faults.ts";
import { staffName } from "./staff/claim.ts";
import { findEmbedded } from "./store/embedded.ts";
import { openPool } from "./store/pool.ts";
import { makeStaffLink } from "./store/staff-sessions.ts";

const linkSeconds = 15 * 60;

const usage = `npm run staff -- link [name]   makes a link that signs a member of staff in, once, within 15 minutes

The name is shown to colleagues; without one it is "Administration".
`;

/** What the administrator can do something about; shown without a stack. */
class CommandError extends Error {
  override name = "CommandError";
}

async function main(): Promise<void> {
  const [command, ...words] = process.argv.slice(2);
  if (command !== "link") throw new CommandError(usage);
  const config = readConfig(process.env);
  const pool = openPool(await databaseUrl(config), { info() {}, warn() {}, error() {} });
  try {
    const path = await makeStaffLink(pool, staffName(words.join(" ") || "Administration"), linkSeconds);
    process.stdout.write(`${config.publicUrl}${path}\n`);
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
      "or set DATABASE_URL to the database that it uses.\n",
  );
}

function explained(cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  // SQLSTATE 42P01: a table is missing.
  if (code === "42P01")
    return new CommandError("The database is still empty. Start the service once, then try again.\n");
  if (code === "ECONNREFUSED") return new CommandError("The database does not answer. Is it running?\n");
  return cause;
}

main().catch((error: unknown) => {
  const known = error instanceof CommandError || error instanceof ConfigError;
  process.stderr.write(known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
