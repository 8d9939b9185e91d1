import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readConfig, settingNames } from "../src/config.ts";
import { ConfigError } from "../src/config-faults.ts";

const places = ["kreis-mettmann", "kreis-paderborn"];
const key = Buffer.alloc(32, 7).toString("base64");
const token = "123:abc";

const read = (env: Record<string, string> = {}) => readConfig(env, places);

function faults(env: Record<string, string>): string {
  try {
    read(env);
  } catch (cause) {
    if (cause instanceof ConfigError) return cause.message;
    throw cause;
  }
  return "none";
}

test("has a default for everything", () => {
  expect(read()).toEqual({
    port: 3000,
    host: "127.0.0.1",
    publicUrl: "http://localhost:3000",
    dataDir: "./data",
    erasedList: "data/erased.log",
    place: "kreis-paderborn",
    logLevel: "info",
    warnings: [],
  });
});

test("takes an empty setting as not set", () => {
  expect(read({ PORT: "", DATABASE_URL: " ", TELEGRAM_BOT_TOKEN: "" })).toEqual(read());
});

test("reads every setting", () => {
  const config = read({
    PORT: "8080",
    HOST: "::1",
    PUBLIC_URL: "https://lotse.example.org/",
    DATA_DIR: "/var/lib/lotse",
    DATABASE_URL: "postgresql://lotse:pass@db:5432/lotse",
    PLACE: "kreis-mettmann",
    ENCRYPTION_KEY: key,
    ERASED_LIST: "/var/backups/erased.log",
    LOG_LEVEL: "debug",
    SMTP_URL: "smtps://lotse:pass@mail.example.org:465",
    SMTP_FROM: "Lotse <lotse@example.org>",
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: "http://127.0.0.1:8081",
    TELEGRAM_WEBHOOK_SECRET: "a_b-C1",
    TELEGRAM_STAFF_CHAT: "-1001234567890",
  });
  expect(config).toEqual({
    port: 8080,
    host: "::1",
    publicUrl: "https://lotse.example.org",
    dataDir: "/var/lib/lotse",
    erasedList: "/var/backups/erased.log",
    databaseUrl: "postgresql://lotse:pass@db:5432/lotse",
    place: "kreis-mettmann",
    encryptionKeys: [Buffer.alloc(32, 7)],
    logLevel: "debug",
    smtp: { url: "smtps://lotse:pass@mail.example.org:465", from: "Lotse <lotse@example.org>" },
    telegram: { token, apiRoot: "http://127.0.0.1:8081", webhookSecret: "a_b-C1", staffChat: -1001234567890 },
    warnings: [],
  });
});

test("puts the port into the default address", () => {
  expect(read({ PORT: "8080" }).publicUrl).toBe("http://localhost:8080");
});

test("reports all faults together, each with what was found and an example", () => {
  const message = faults({ PORT: "80x", PLACE: "atlantis", LOG_LEVEL: "loud", TELEGRAM_STAFF_CHAT: "17" });
  expect(message).toContain('PORT: found "80x"; it must be a whole number from 1 to 65535. Example: PORT=3000');
  expect(message).toContain('PLACE: found "atlantis"; it must be one of kreis-mettmann, kreis-paderborn.');
  expect(message).toContain('LOG_LEVEL: found "loud"');
  expect(message).toContain('TELEGRAM_STAFF_CHAT: found "17"');
});

test("never shows a secret, wherever it was put", () => {
  const message = faults({
    TELEGRAM_BOT_TOKEN: "Geheimnis!",
    TELEGRAM_WEBHOOK_SECRET: "Geheimnis with spaces",
    ENCRYPTION_KEY: "Geheimnis",
    DATABASE_URL: "mysql://lotse:Geheimnis@db/lotse",
    SMTP_URL: "https://lotse:Geheimnis@mail.example.org",
    TELEGRAM_STAFF_CHAT: "123:Geheimnis",
  });
  expect(message).not.toContain("Geheimnis");
  expect(message).toContain("TELEGRAM_BOT_TOKEN: found 10 characters, not shown; it must be the token");
  expect(message.split("\n")).toHaveLength(7);
});

test.each([
  ["0", "PORT"],
  ["65536", "PORT"],
  ["not a host", "HOST"],
  ["ftp://example.org", "PUBLIC_URL"],
  ["https://example.org/?a=b", "PUBLIC_URL"],
  ["postgresql://db", "DATABASE_URL"],
  [`${key.slice(0, -1)}`, "ENCRYPTION_KEY"],
  [Buffer.alloc(31).toString("base64"), "ENCRYPTION_KEY"],
  ["x".repeat(257), "TELEGRAM_WEBHOOK_SECRET"],
  ["bot123:abc", "TELEGRAM_BOT_TOKEN"],
  ["api.telegram.org", "TELEGRAM_API_ROOT"],
  ["mail.example.org", "SMTP_URL"],
  ["Lotse", "SMTP_FROM"],
  ["lotse@example.org, other@example.org", "SMTP_FROM"],
])("refuses %s as %s", (value, name) => {
  expect(faults({ [name]: value })).toContain(`  ${name}: found`);
});

test.each([
  [{ SMTP_URL: "smtp://mail.example.org" }, "SMTP_FROM: found nothing; it must be set together with SMTP_URL"],
  [{ SMTP_FROM: "lotse@example.org" }, "SMTP_URL: found nothing; it must be set together with SMTP_FROM"],
  [{ SMTP_URL: "smtp://mail.example.org", SMTP_FROM: "lotse@example.org" }, "none"],
])("wants mail server and sender together: %j", (given: Record<string, string>, expected) => {
  expect(faults(given)).toContain(expected);
});

test("wants the key with a database of one's own", () => {
  expect(faults({ DATABASE_URL: "postgresql://db/lotse" })).toContain("ENCRYPTION_KEY: found nothing");
});

test.each([
  [{}, "none without a webhook", { TELEGRAM_BOT_TOKEN: token }],
  [{}, "PUBLIC_URL: found nothing", { TELEGRAM_WEBHOOK_SECRET: "s" }],
  [{ PUBLIC_URL: "http://example.org" }, 'PUBLIC_URL: found "http://example.org"', { TELEGRAM_WEBHOOK_SECRET: "s" }],
  [{ PUBLIC_URL: "https://example.org:444" }, "port 443, 80, 88 or 8443", { TELEGRAM_WEBHOOK_SECRET: "s" }],
  [{ PUBLIC_URL: "https://example.org" }, "none", { TELEGRAM_WEBHOOK_SECRET: "s" }],
  [{}, "none", { TELEGRAM_WEBHOOK_SECRET: "s", TELEGRAM_API_ROOT: "http://localhost:8081" }],
])("judges the public address %j for a webhook: %s", (address, expected, telegram: Record<string, string>) => {
  const message = faults({ ...address, ...telegram });
  if (expected.startsWith("none")) expect(message).toBe("none");
  else expect(message).toContain(expected);
});

test("warns about unknown Telegram settings with the nearest known name", () => {
  expect(read({ TELEGRAM_TOKEN: "x", TELEGRAM_WEBHOK_SECRET: "x" }).warnings).toEqual([
    "TELEGRAM_TOKEN is not a setting. Is TELEGRAM_BOT_TOKEN meant?",
    "TELEGRAM_WEBHOK_SECRET is not a setting. Is TELEGRAM_WEBHOOK_SECRET meant?",
  ]);
});

test("warns about what has no effect without a token", () => {
  expect(read({ TELEGRAM_STAFF_CHAT: "-5" }).warnings).toEqual([
    "TELEGRAM_STAFF_CHAT has no effect without TELEGRAM_BOT_TOKEN.",
  ]);
});

test("has every setting in .env.example, and no other", async () => {
  const example = await readFile(new URL("../.env.example", import.meta.url), "utf8");
  const listed = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...settingNames].sort());
});

test("takes a new key with the one before it, and refuses the same one twice", () => {
  const older = Buffer.alloc(32, 8).toString("base64");
  expect(read({ ENCRYPTION_KEY: `${key}, ${older}` }).encryptionKeys).toEqual([
    Buffer.alloc(32, 7),
    Buffer.alloc(32, 8),
  ]);
  expect(faults({ ENCRYPTION_KEY: `${key},${key}` })).toContain("ENCRYPTION_KEY");
  expect(faults({ ENCRYPTION_KEY: `${key},` })).toContain("ENCRYPTION_KEY");
});
