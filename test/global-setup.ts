import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Log } from "../src/domain/log.ts";
import { findEmbedded, startEmbedded } from "../src/store/embedded.ts";
import { prepareTemplate } from "./template.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
  }
}

const prefix = "lotse-test-";
const silent: Log = { info() {}, warn() {}, error() {} };

/** Runs one PostgreSQL for all tests of a run, with a template database that has every migration. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const directory = await mkdtemp(join(tmpdir(), prefix));
  const fast = { fsync: "off", full_page_writes: "off", max_connections: "200" };
  const server = await startEmbedded(directory, silent, fast);
  await prepareTemplate(server.url);
  project.provide("databaseServer", server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** Stops and removes what killed runs left; a run that is under way holds its lock and is left alone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const directory = join(tmpdir(), name);
    if (!name.startsWith(prefix)) continue;
    try {
      // A young one without a server may be just starting.
      const age = Date.now() - (await stat(directory)).mtimeMs;
      if (await findEmbedded(directory)) await (await startEmbedded(directory, silent)).stop();
      else if (age < 60_000) continue;
      await rm(directory, { recursive: true, force: true });
    } catch {
      // In use, or removed by a run beside this one.
    }
  }
}
