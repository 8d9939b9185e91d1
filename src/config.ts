import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError, type Fault, nearest } from "./config-faults.ts";

/** All settings, checked. Without `databaseUrl` the embedded database is used; without `telegram` there is no bot. */
export type Config = {
  port: number;
  host: string;
  /** Without a slash at its end. */
  publicUrl: string;
  dataDir: string;
  databaseUrl?: string;
  place: string;
  /** 32 bytes each: the first wraps, the others are for reading. Missing only with the embedded database, where one is made. */
  encryptionKeys?: Buffer[];
  /** The list of erased ids, outside of the database. */
  erasedList: string;
  logLevel: z.output<typeof schema>["LOG_LEVEL"];
  /** Where e-mail is handed over, and whom it comes from. */
  smtp?: { url: string; from: string };
  telegram?: { token: string; apiRoot: string; webhookSecret?: string; staffChat?: number };
  /** Sentences about what is set but has no effect. */
  warnings: string[];
};

type Name = keyof typeof schema.shape;

const url = (protocol: RegExp) => z.url({ protocol }).transform((text) => text.replace(/\/+$/, ""));

const schema = z.object({
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(65_535)).default(3000),
  // Case data behind plain HTTP is for this machine only until someone decides otherwise.
  HOST: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default("127.0.0.1"),
  PUBLIC_URL: url(/^https?$/)
    .refine((text) => !/[?#@]/.test(text))
    .optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.string().refine(isDatabaseUrl).optional(),
  PLACE: z.string().default("kreis-paderborn"),
  ENCRYPTION_KEY: z
    .string()
    .transform((text) => text.split(",").map((key) => key.trim()))
    .refine((keys) => keys.every(isKey) && new Set(keys).size === keys.length)
    .transform((keys) => keys.map((key) => Buffer.from(key, "base64")))
    .optional(),
  ERASED_LIST: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SMTP_URL: z.string().refine(isSmtpUrl).optional(),
  SMTP_FROM: z.string().refine(isSender).optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/)
    .optional(),
  TELEGRAM_API_ROOT: url(/^https?$/).default("https://api.telegram.org"),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .optional(),
  TELEGRAM_STAFF_CHAT: z
    .string()
    .regex(/^-\d{1,15}$/)
    .transform(Number)
    .optional(),
});

const explanations: Record<Name, { must: string; example: string; secret?: true }> = {
  PORT: { must: "a whole number from 1 to 65535", example: "3000" },
  HOST: { must: "an address of this machine to listen on", example: "0.0.0.0" },
  PUBLIC_URL: { must: "the address people reach this service at", example: "https://lotse.example.org" },
  DATA_DIR: { must: "a folder", example: "./data" },
  DATABASE_URL: {
    must: "a PostgreSQL URL with a database",
    example: "postgresql://user:password@host:5432/lotse",
    secret: true,
  },
  PLACE: { must: "a file's name in prisma/places", example: "kreis-paderborn" },
  ENCRYPTION_KEY: {
    must: "32 bytes in base64; while it is changed, the new key and behind a comma the old one",
    example: '"$(openssl rand -base64 32)"',
    secret: true,
  },
  ERASED_LIST: { must: "a file", example: "/var/backups/lotse/erased.log" },
  LOG_LEVEL: { must: "fatal, error, warn, info, debug, trace or silent", example: "info" },
  SMTP_URL: {
    must: "the address of a mail server",
    example: "smtps://user:password@mail.example.org:465",
    secret: true,
  },
  SMTP_FROM: { must: "an e-mail address, with or without a name", example: '"Lotse <lotse@example.org>"' },
  TELEGRAM_BOT_TOKEN: { must: "the token that @BotFather gave", example: "123456:abc-DEF", secret: true },
  TELEGRAM_API_ROOT: { must: "the address of a Bot API server", example: "https://api.telegram.org" },
  TELEGRAM_WEBHOOK_SECRET: { must: "1 to 256 of A-Z, a-z, 0-9, _ and -", example: "a-long-random-word", secret: true },
  TELEGRAM_STAFF_CHAT: { must: "the id of a group, which starts with -", example: "-1001234567890" },
};

/** The names of all settings. */
export const settingNames = Object.keys(explanations) as Name[];

/**
 * Reads the settings from an environment; an empty one counts as not set. `places` are the names that PLACE may have.
 * Throws ConfigError with everything that is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv, places: string[] = findPlaces()): Config {
  const given: Record<string, string> = {};
  for (const name of settingNames) if (env[name]?.trim()) given[name] = env[name].trim();
  const parsed = schema.safeParse(given);
  const wrong = new Set(parsed.error?.issues.map(({ path }) => path[0] as Name));
  const faults = [...wrong].map((name) => fault(name, given[name]));
  // What hangs together is judged by the settings that are right, so that one report has it all.
  const right = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name as Name)));
  const settings = schema.parse(right);
  faults.push(...judgeTogether(settings, wrong, places));
  if (faults.length > 0) throw new ConfigError(faults);
  return assemble(settings, warnings(env, settings));
}

type Settings = z.output<typeof schema>;

function judgeTogether(settings: Settings, wrong: Set<Name>, places: string[]): Fault[] {
  const faults: Fault[] = [];
  if (!wrong.has("PLACE") && !places.includes(settings.PLACE)) {
    faults.push({ ...fault("PLACE", settings.PLACE), must: `one of ${places.join(", ")}` });
  }
  const ownDatabase = settings.DATABASE_URL || wrong.has("DATABASE_URL");
  if (ownDatabase && !settings.ENCRYPTION_KEY && !wrong.has("ENCRYPTION_KEY")) {
    faults.push({ ...fault("ENCRYPTION_KEY"), must: "set together with DATABASE_URL, 32 bytes in base64" });
  }
  const half = halfOf(settings, wrong);
  if (half)
    faults.push({ ...fault(half), must: `set together with ${half === "SMTP_URL" ? "SMTP_FROM" : "SMTP_URL"}` });
  const judgeable = !wrong.has("PUBLIC_URL") && !wrong.has("TELEGRAM_API_ROOT");
  if (settings.TELEGRAM_WEBHOOK_SECRET && judgeable && !isLoopback(settings.TELEGRAM_API_ROOT)) {
    const { protocol, port } = new URL(publicUrl(settings));
    // Telegram calls no other: https://core.telegram.org/bots/api#setwebhook
    const must = "https on port 443, 80, 88 or 8443 when TELEGRAM_WEBHOOK_SECRET is set";
    if (protocol !== "https:" || !["", "80", "88", "8443"].includes(port)) {
      faults.push({ ...fault("PUBLIC_URL", settings.PUBLIC_URL), must });
    }
  }
  return faults;
}

/** The one of the mail settings that is missing beside the other. */
function halfOf({ SMTP_URL: url, SMTP_FROM: from }: Settings, wrong: Set<Name>): "SMTP_URL" | "SMTP_FROM" | undefined {
  if (wrong.has("SMTP_URL") || wrong.has("SMTP_FROM") || !url === !from) return undefined;
  return url ? "SMTP_FROM" : "SMTP_URL";
}

function assemble(settings: Settings, found: string[]): Config {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_STAFF_CHAT: chat } = settings;
  const { SMTP_URL: mailUrl, SMTP_FROM: from } = settings;
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: publicUrl(settings),
    dataDir: settings.DATA_DIR,
    erasedList: settings.ERASED_LIST ?? join(settings.DATA_DIR, "erased.log"),
    place: settings.PLACE,
    logLevel: settings.LOG_LEVEL,
    warnings: found,
    ...(settings.DATABASE_URL && { databaseUrl: settings.DATABASE_URL }),
    ...(settings.ENCRYPTION_KEY && { encryptionKeys: settings.ENCRYPTION_KEY }),
    ...(mailUrl && from && { smtp: { url: mailUrl, from } }),
    ...(token && {
      telegram: {
        token,
        apiRoot: settings.TELEGRAM_API_ROOT,
        ...(secret && { webhookSecret: secret }),
        ...(chat && { staffChat: chat }),
      },
    }),
  };
}

function warnings(env: NodeJS.ProcessEnv, settings: Settings): string[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith("TELEGRAM_") && !settingNames.includes(name as Name),
  );
  const idle = (["TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_STAFF_CHAT"] as const).filter((name) => settings[name]);
  return [
    ...unknown.map((name) => `${name} is not a setting. Is ${nearest(name, settingNames)} meant?`),
    ...(settings.TELEGRAM_BOT_TOKEN ? [] : idle.map((name) => `${name} has no effect without TELEGRAM_BOT_TOKEN.`)),
  ];
}

function fault(name: Name, value?: string): Fault {
  const { must, example, secret } = explanations[name];
  // A token is also not shown where it was put by mistake.
  const shown =
    secret || /^\d+:[\w-]+$/.test(value ?? "") ? `${value?.length} characters, not shown` : JSON.stringify(value);
  return { name, must, example, found: value === undefined ? "nothing" : shown };
}

function publicUrl({ PUBLIC_URL, PORT }: Settings): string {
  return PUBLIC_URL ?? `http://localhost:${PORT}`;
}

function isDatabaseUrl(text: string): boolean {
  const parsed = URL.parse(text);
  return !!parsed && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.pathname.length > 1;
}

function isSmtpUrl(text: string): boolean {
  const parsed = URL.parse(text);
  return !!parsed && /^smtps?:$/.test(parsed.protocol) && parsed.hostname.length > 0;
}

/** "lotse@example.org" or "Lotse <lotse@example.org>" */
function isSender(text: string): boolean {
  const [, inside] = /^[^<>\r\n]*<([^<>]+)>$/.exec(text) ?? [];
  return z.email().safeParse(inside ?? text).success;
}

function isKey(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text && Buffer.byteLength(text, "base64") === 32;
}

function isLoopback(text: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(text).hostname);
}

function findPlaces(): string[] {
  const files = readdirSync(new URL("../prisma/places", import.meta.url));
  return files.filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -".yaml".length));
}
