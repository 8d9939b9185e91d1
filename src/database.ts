import { join } from "node:path";
import type { Config } from "./config.ts";
import type { Log } from "./domain/log.ts";
import { keepEncryptionKeys } from "./encryption-key.ts";
import { type Embedded, startEmbedded } from "./store/embedded.ts";
import { migrate } from "./store/migrate.ts";

/** Where the migrations lie. */
export const migrations = join(import.meta.dirname, "..", "prisma", "migrations");

/**
 * Brings the database up, the administrator's or the embedded one, with all migrations applied. The key of the
 * embedded one is made before its database, so that no database is ever left without its key.
 */
export async function openDatabase(config: Config, log: Log): Promise<Embedded & { encryptionKeys: Buffer[] }> {
  const encryptionKeys = config.encryptionKeys ?? (await keepEncryptionKeys(config.dataDir));
  const database = config.databaseUrl
    ? { url: config.databaseUrl, stop: async () => {} }
    : await startEmbedded(config.dataDir, log);
  try {
    const applied = await migrate(database.url, migrations);
    if (applied.length > 0) log.info(`database: ${applied.length} migrations applied`);
    return { ...database, encryptionKeys };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
