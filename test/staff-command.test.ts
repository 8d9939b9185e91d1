import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findStaffSession, useStaffLink } from "../src/store/staff-sessions.ts";
import { createDatabase, type TestDatabase } from "./database.ts";

const program = join(import.meta.dirname, "..", "src", "staff-command.ts");

let database: TestDatabase;
let env: { [name: string]: string };
beforeAll(async () => {
  database = await createDatabase();
  env = { DATABASE_URL: database.url, ENCRYPTION_KEY: Buffer.alloc(32).toString("base64") };
});
afterAll(() => database.drop());

async function run(words: string[], settings = env) {
  const given = { PATH: process.env.PATH ?? "", PUBLIC_URL: "https://lotse.example.org", ...settings };
  try {
    return { ...(await promisify(execFile)(process.execPath, [program, ...words], { env: given })), code: 0 };
  } catch (cause) {
    return cause as { stdout: string; stderr: string; code: number };
  }
}

test("adds, signs in, changes, lets be covered and ends a colleague", async () => {
  const anna = ["add", "Anna", "Beispiel", "--roles", "administrator,case_manager", "--team", "nord"];
  expect(await run([...anna, "--email", "anna@example.org", "--languages", "de,uk"])).toMatchObject({ code: 0 });
  expect(await run(["add", "Berta", "Beispiel", "--roles", "case_manager", "--team", "stadt"])).toMatchObject({
    code: 0,
  });

  const { stdout: link } = await run(["link", "anna@example.org"]);
  expect(link).toMatch(/^https:\/\/lotse\.example\.org\/staff\/sign-in\?token=[\w-]{43}\n$/);
  const session = (await useStaffLink(database.pool, link.trim().split("token=")[1] ?? "", "Firefox, Linux")) ?? "";
  const member = async () => (await findStaffSession(database.pool, session, true))?.member;
  expect(await member()).toMatchObject({
    name: "Anna Beispiel",
    roles: ["administrator", "case_manager"],
    team: "nord",
  });
  expect((await run(["sessions", "Anna", "Beispiel"])).stdout).toContain("Firefox, Linux");

  expect(await run(["change", "Anna Beispiel", "--team", "stadt", "--show-name"])).toMatchObject({ code: 0 });
  expect(await member()).toMatchObject({ team: "stadt", roles: ["administrator", "case_manager"] });
  const absence = ["--from", "2020-01-01", "--cover", "Berta Beispiel"];
  expect((await run(["absent", "Anna Beispiel", ...absence])).stdout).toBe("Anna Beispiel: absent from 2020-01-01\n");
  expect((await run(["list"])).stdout).toMatch(
    /Anna Beispiel {2}administrator,case_manager {2}stadt {2}anna@example.org {2}absent\n/,
  );
  expect((await run(["absent", "Anna Beispiel", "--back"])).stdout).toBe("Anna Beispiel: back\n");
  expect((await run(["sessions", "Anna Beispiel", "--end"])).stdout).toBe("Anna Beispiel: 1 sessions ended\n");
  expect(await member()).toBeUndefined();

  expect((await run(["end", "Berta Beispiel"])).stdout).toContain("ended");
  expect((await run(["link", "Berta Beispiel"])).stderr).toContain("Nobody is called");
  expect((await run(["end", "Anna Beispiel"])).stderr).toContain("the last administrator");
}, 60_000);

test.each([
  ["nothing runs below DATA_DIR", ["list"], { DATA_DIR: "/tmp/lotse-nothing-here" }, "Start the service first"],
  ["the settings are wrong", ["list"], { DATABASE_URL: "here" }, "DATABASE_URL"],
  ["the command is not known", ["--help"], {}, "npm run staff -- link WHO"],
  ["a role is missing", ["add", "Cem"], undefined, "--roles, at least one of"],
  [
    "roles don't go together",
    ["add", "Cem", "--roles", "abh,case_manager", "--team", "nord"],
    undefined,
    "not together",
  ],
  ["the team is not one of the place's", ["add", "Cem", "--roles", "case_manager", "--team", "x"], undefined, "nord"],
  ["an option is not known", ["add", "Cem", "--role", "abh"], undefined, "npm run staff -- add"],
  ["nobody is called so", ["end", "Nobody"], undefined, "Nobody is called"],
  ["a day is none", ["absent", "Anna Beispiel", "--from", "tomorrow"], undefined, "2026-12-01"],
] as const)("says what to do when %s", async (_, words, settings, text) => {
  const { stdout, stderr, code } = await run([...words], settings);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/^\s+at /m);
});
