import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a browser is, from CHROMIUM or the usual places. With CI=true there must be one. */
export function findBrowser(): string | undefined {
  const found = [process.env.CHROMIUM, ...places].find((path) => path && existsSync(path));
  if (!found && process.env.CI === "true") throw new Error("No Chromium: install it, or set CHROMIUM to its path");
  return found;
}

/** Starts a browser without a window. */
export function startBrowser(executablePath: string): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];
  return chromium.launch({ executablePath, args });
}
