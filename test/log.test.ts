import { expect, test } from "vitest";
import { z } from "zod";
import { createLog, logError } from "../src/log.ts";
import { createDatabase } from "./database.ts";

const secret = "Geheimwort";

function capture() {
  let output = "";
  const log = createLog("info", {
    write(line) {
      output += line;
    },
  });
  return {
    log,
    output: () => output,
    lines: () =>
      output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

async function postgresErrors(): Promise<unknown[]> {
  const { pool, drop } = await createDatabase({ empty: true });
  await pool.query("CREATE TABLE person (name text UNIQUE, age int CHECK (age > 0), kind jsonb)");
  await pool.query("INSERT INTO person (name) VALUES ($1)", [secret]);
  const statements: [string, unknown[]][] = [
    ["INSERT INTO person (name) VALUES ($1)", [secret]],
    ["INSERT INTO person (name, age) VALUES ($1, -1)", [`${secret}2`]],
    ["INSERT INTO person (age) VALUES ($1)", [secret]],
    ["INSERT INTO person (kind) VALUES ($1)", [`{${secret}`]],
    [`DO $$ BEGIN RAISE EXCEPTION '${secret}' USING DETAIL = '${secret}', HINT = '${secret}'; END $$`, []],
  ];
  const errors = await Promise.all(statements.map(([sql, values]) => pool.query(sql, values).catch((cause) => cause)));
  await drop();
  return errors;
}

function thrown(run: () => unknown): unknown {
  try {
    return run();
  } catch (cause) {
    return cause;
  }
}

test("lets nothing out that people wrote, whatever the error carries", async () => {
  const postgres = await postgresErrors();
  expect(postgres.every((cause) => cause instanceof Error)).toBe(true);
  const errors = [
    ...postgres,
    new Error("loading session 42", { cause: postgres[0] }),
    thrown(() => z.object({ phone: z.number() }).parse({ phone: secret }, { reportInput: true })),
    thrown(() => z.strictObject({}).parse({ [`${secret} x`]: 1 })),
    thrown(() => JSON.parse(`{${secret}`)),
    Object.assign(new Error(`${secret}\n    at ${secret}\n${secret}`), { payload: { text: secret } }),
    Object.assign(new Error("x"), { code: `${secret} 1`, name: `${secret}: oh`, stack: `${secret}\n  ${secret}` }),
    new AggregateError([new Error(secret)], secret),
    secret,
    { message: secret },
    undefined,
  ];
  const { log, output, lines } = capture();
  for (const cause of errors) {
    logError(log, cause, "doing something");
    log.error({ err: cause }, "directly");
    if (cause instanceof Error) log.error(cause);
    if (cause instanceof Error) log.warn({ err: cause });
  }
  expect(output()).not.toContain(secret);
  expect(lines().length).toBeGreaterThan(errors.length);
});

test("says enough to find the fault", async () => {
  const [duplicate] = await postgresErrors();
  const { log, lines } = capture();
  const id = logError(log, new TypeError("outer", { cause: duplicate }), "saving a person");
  expect(lines()[0]).toMatchObject({
    level: "error",
    msg: "saving a person",
    errorId: id,
    err: {
      name: "TypeError",
      stack: expect.arrayContaining([expect.stringContaining("log.test.ts")]),
      cause: { code: "23505", table: "person", constraint: "person_name_key" },
    },
  });
});

test("says which field zod refused", () => {
  const { log, lines } = capture();
  logError(
    log,
    thrown(() => z.object({ list: z.array(z.number()) }).parse({ list: ["x"] })),
    "reading",
  );
  expect(lines()[0].err.issues).toEqual([{ code: "invalid_type", path: "list.0" }]);
});

test("leaves out what is below its level", () => {
  const { log, output } = capture();
  log.debug("nothing");
  expect(output()).toBe("");
});
