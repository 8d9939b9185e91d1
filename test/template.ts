import { existsSync } from "node:fs";
import { Client } from "pg";
import { migrate } from "../src/store/migrate.ts";

/** Name of the database that those of the tests are cloned from. */
export const templateName = "lotse_template";

/** Makes the template database on a fresh server, with all migrations applied. */
export async function prepareTemplate(serverUrl: string): Promise<void> {
  await onServer(serverUrl, `CREATE DATABASE ${templateName}`);
  const migrations = new URL("../prisma/migrations", import.meta.url).pathname;
  if (existsSync(migrations)) await migrate(urlOf(serverUrl, templateName), migrations);
}

/** The URL of another database on the same server. */
export function urlOf(serverUrl: string, database: string): string {
  return String(Object.assign(new URL(serverUrl), { pathname: `/${database}` }));
}

/** Runs one statement on a server, over a connection of its own. */
export async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
