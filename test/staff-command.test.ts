import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findStaffSession, useStaffLink } from "../src/store/staff-sessions.ts";
import { createDatabase, type TestDatabase } from "./database.ts";

const program = join(import.meta.dirname, "..", "src", "staff-command.ts");

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

async function run(words: string[], env: { [name: string]: string }) {
  const given = { PATH: process.env.PATH ?? "", PUBLIC_URL: "https://lotse.example.org", ...env };
  try {
    return { ...(await promisify(execFile)(process.execPath, [program, ...words], { env: given })), code: 0 };
  } catch (cause) {
    return cause as { stdout: string; stderr: string; code: number };
  }
}

test("prints a link that signs a colleague in under the given name", async () => {
  const env = { DATABASE_URL: database.url, ENCRYPTION_KEY: Buffer.alloc(32).toString("base64") };
  const { stdout, code } = await run(["link", "Anna", "Beispiel"], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^https:\/\/lotse\.example\.org\/staff\/sign-in\?token=[\w-]{43}\n$/);
  const session = await useStaffLink(database.pool, stdout.trim().split("token=")[1] ?? "");
  expect((await findStaffSession(database.pool, session ?? "", true))?.member).toEqual({ name: "Anna Beispiel" });
});

test.each([
  ["nothing runs below DATA_DIR", ["link"], { DATA_DIR: "/tmp/lotse-nothing-here" }, "Start the service first"],
  ["the settings are wrong", ["link"], { DATABASE_URL: "here" }, "DATABASE_URL"],
  ["the command is not known", ["--help"], {}, "npm run staff -- link [name]"],
])("says what to do when %s", async (_, words, env, text) => {
  const { stdout, stderr, code } = await run(words, env);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/^\s+at /m);
});
