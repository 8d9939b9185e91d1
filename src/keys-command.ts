import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { CommandError, databaseUrlOf, encryptionKeysOf, runCommand } from "./command.ts";
import type { Config } from "./config.ts";
import { writeEncryptionKeys } from "./encryption-key.ts";
import { countWrapped } from "./store/key-change.ts";
import { quietSeconds, readHistory } from "./store/key-history.ts";
import { countHolders } from "./store/key-locks.ts";
import { openPool } from "./store/pool.ts";
import { keyIdOf } from "./store/wrapping.ts";

const usage = `npm run keys -- status   which keys there are, and whether an old one is still needed
npm run keys -- new      makes a new key and puts it first; what is sealed is changed to it when the service starts again
npm run keys -- remove   takes keys away that nothing needs any more
`;

runCommand(async (config, [command]) => {
  if (command === "new") return makeNew(config);
  if (command !== "status" && command !== "remove") throw new CommandError(usage);
  const pool = openPool(await databaseUrlOf(config), { info() {}, warn() {}, error() {} });
  try {
    if (command === "status") process.stdout.write(await status(pool, config));
    else await remove(pool, config);
  } finally {
    await pool.end();
  }
});

async function makeNew(config: Config): Promise<void> {
  const keys = await encryptionKeysOf(config);
  if (keys.length > 1)
    throw new CommandError(`The key is being changed: there are ${keys.length}. Remove the old one first.`);
  const made = randomBytes(32);
  if (config.encryptionKeys) {
    process.stdout.write(
      `Put this key in front of the one in ENCRYPTION_KEY, with a comma between them, and start every process again:\n\n` +
        `${made.toString("base64")}\n`,
    );
    return;
  }
  await writeEncryptionKeys(config.dataDir, [made, ...keys]);
  process.stdout.write(
    `Key ${keyIdOf(made)} is in front now. Start the service again; put the new key into its backup.\n`,
  );
}

async function status(pool: Pool, config: Config): Promise<string> {
  const ids = (await encryptionKeysOf(config)).map(keyIdOf);
  const [first = ""] = ids;
  const wrapped = await countWrapped(pool);
  const history = await readHistory(pool);
  const { running, knowing } = await countHolders(pool, first);
  const lines = [...new Set([...ids, ...wrapped.keys()])].map((id) => {
    const counts = Object.entries(wrapped.get(id) ?? {}).map(([table, count]) => `${table} ${count}`);
    const where = ids.includes(id) ? (id === first ? "first" : "for reading") : "NOT in the settings";
    const unused = history.get(id)?.unusedSince;
    const isOver = unused !== undefined && unused.getTime() < Date.now() - quietSeconds * 1000;
    const note = id !== first && isOver && !wrapped.has(id) ? "; can be removed" : "";
    return `${id}  ${where}; wraps ${counts.join(", ") || "nothing"}${note}\n`;
  });
  return `${lines.join("")}${knowing} of ${running} running processes know ${first}.\n`;
}

async function remove(pool: Pool, config: Config): Promise<void> {
  const keys = await encryptionKeysOf(config);
  const wrapped = await countWrapped(pool);
  const history = await readHistory(pool);
  const isNeeded = (key: Buffer, index: number) => {
    const id = keyIdOf(key);
    const unused = history.get(id)?.unusedSince;
    return index === 0 || wrapped.has(id) || !unused || unused.getTime() > Date.now() - quietSeconds * 1000;
  };
  const left = keys.filter(isNeeded);
  if (left.length === keys.length)
    throw new CommandError(`Nothing can be removed yet.\n\n${await status(pool, config)}`);
  const gone = keys.filter((key) => !left.includes(key)).map(keyIdOf);
  if (!config.encryptionKeys) await writeEncryptionKeys(config.dataDir, left);
  process.stdout.write(
    `${config.encryptionKeys ? "Remove from ENCRYPTION_KEY" : "Removed"}: ${gone.join(", ")}. ` +
      "Backups from before the change need it: keep it apart for as long as they live.\n",
  );
}
