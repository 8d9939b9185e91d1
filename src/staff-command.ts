import { CommandError, databaseUrlOf, encryptionKeysOf, runCommand } from "./command.ts";
import { loadPlace } from "./places.ts";
import { commands, usage } from "./staff-commands.ts";
import { openKeyring } from "./store/keyring.ts";
import { openPool } from "./store/pool.ts";

runCommand(async (config, [name = "", ...words]) => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CommandError(usage);
  const pool = openPool(await databaseUrlOf(config), { info() {}, warn() {}, error() {} });
  try {
    const keyring = await openKeyring(pool, ...(await encryptionKeysOf(config)));
    const place = loadPlace(config.place);
    const lines = await command({ pool, keyring, place, publicUrl: config.publicUrl, now: new Date() }, words);
    process.stdout.write(`${lines.join("\n")}\n`);
  } catch (cause) {
    // What node:util says of an option it does not know is a sentence already.
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS") && cause instanceof Error)
      throw new CommandError(`${cause.message}\n\n${usage}`);
    throw cause;
  } finally {
    await pool.end();
  }
});
