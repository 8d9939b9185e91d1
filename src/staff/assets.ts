import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Hono } from "hono";

const types: { [ending: string]: string } = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const own = ["staff.css", "staff.js", "icon.svg"];
const font = /^fonts\/fira-sans(\.css|\/FiraSans-[A-Za-z]+\.woff2)$/;

/** Styles, script and fonts of the staff pages. */
export interface StaffAssets {
  /** Where they are, below `/staff`: another path with every release, so that browsers may keep them for good. */
  path: string;
  routes: Hono;
}

/** Serves KERN-UX from its package, and our own few files. */
export function staffAssets(): StaffAssets {
  const kern = dirname(createRequire(import.meta.url).resolve("@kern-ux/native/package.json"));
  const folder = join(import.meta.dirname, "page", "assets");
  const files = ["dist/kern.min.css", "package.json"].map((name) => join(kern, name));
  const path = `/assets/${hashOf([...files, ...own.map((name) => join(folder, name))])}`;
  const fileOf = (name: string) => {
    if (own.includes(name)) return join(folder, name);
    return name === "kern.min.css" || font.test(name) ? join(kern, "dist", name) : undefined;
  };

  const packed = new Map<string, Buffer>();
  const routes = new Hono();
  routes.get(`${path}/*`, async (context) => {
    const name = context.req.path.slice(context.req.path.indexOf(path) + path.length + 1);
    const file = fileOf(name);
    if (!file) return context.notFound();
    const etag = `"${path.split("/").at(-1)}"`;
    const headers = { "cache-control": "public, max-age=31536000, immutable", etag, vary: "accept-encoding" };
    if (context.req.header("if-none-match") === etag) return context.body(null, 304, headers);
    const type = types[extname(name)] ?? "application/octet-stream";
    const accepts = /\bgzip\b/.test(context.req.header("accept-encoding") ?? "");
    // Fonts are packed already.
    if (extname(name) === ".woff2" || !accepts) {
      return context.body(await readFile(file), 200, { ...headers, "content-type": type });
    }
    const body = packed.get(name) ?? (await promisify(gzip)(await readFile(file), { level: 9 }));
    packed.set(name, body);
    return context.body(new Uint8Array(body), 200, { ...headers, "content-type": type, "content-encoding": "gzip" });
  });
  return { path: `/staff${path}`, routes };
}

function hashOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
