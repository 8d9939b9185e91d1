import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** A body in the two ways it can go over the wire. */
export interface Compressible {
  plain: Buffer<ArrayBuffer>;
  /** Missing where compressing gains nothing. */
  gzipped?: Buffer<ArrayBuffer>;
}

/** A file of the page. */
export interface Asset extends Compressible {
  type: string;
  etag: string;
}

/** The page's files, and the version that is part of their address and changes with any of them. */
export interface Assets {
  version: string;
  files: Map<string, Asset>;
}

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};
const pageFolder = new URL("page/", import.meta.url);
/** KERN's typeface, under the SIL Open Font License; without Arabic, for which the system's is taken. */
const fonts = ["FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2"];
const fontFolder = new URL("fira-sans/", import.meta.resolve("@kern-ux/native/dist/fonts/fira-sans.css"));

/** Reads the files of the page and its fonts once, compressed ahead. */
export function readAssets(): Assets {
  const files = new Map<string, Asset>();
  for (const name of readdirSync(pageFolder).sort()) {
    if (typeOf(name)) files.set(name, toAsset(name, new URL(name, pageFolder)));
  }
  for (const name of fonts) files.set(name, toAsset(name, new URL(name, fontFolder)));
  const version = createHash("sha256");
  for (const { etag } of files.values()) version.update(etag);
  return { version: version.digest("base64url").slice(0, 12), files };
}

/** The page's frame, to be filled by `page.ts`. */
export function readFrame(): string {
  return readFileSync(new URL("index.html", pageFolder), "utf8");
}

function typeOf(name: string): string | undefined {
  return types[name.split(".").at(-1) ?? ""];
}

function toAsset(name: string, url: URL): Asset {
  const plain = Buffer.from(readFileSync(url));
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
  const type = typeOf(name) ?? "application/octet-stream";
  // Fonts are compressed in themselves.
  return { type, etag, ...(type.startsWith("font/") ? { plain } : compress(plain)) };
}

/** Compresses a body ahead, as far as gzip can. */
export function compress(plain: Buffer<ArrayBuffer>): Compressible {
  return { plain, gzipped: Buffer.from(gzipSync(plain, { level: 9 })) };
}
