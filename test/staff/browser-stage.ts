import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { BrowserContextOptions, Page } from "playwright-core";
import { createStaffPages } from "../../src/staff/index.ts";
import { startBrowser } from "../bots/web/browser.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { linkFor, options } from "./stage.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The staff pages on a server of their own, and a browser. */
export interface BrowserStage {
  database: TestDatabase;
  base: string;
  staff: Awaited<ReturnType<typeof options>>;
  /** A page in a context of its own, of somebody who is signed in. */
  signedIn(name: string, given?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function setBrowserStage(executable: string): Promise<BrowserStage> {
  const database = await createDatabase();
  const staff = await options(database.pool);
  const app = new Hono().route("/staff", createStaffPages(staff.given));
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await startBrowser(executable);
  return {
    database,
    base,
    staff,
    async signedIn(name, given = {}) {
      const page = await (await browser.newContext(given)).newPage();
      await page.goto(base + (await linkFor(database.pool, name)));
      await page.click("main button");
      await page.waitForURL("**/staff/cases");
      return page;
    },
    async close() {
      await browser.close();
      server.close();
      await database.drop();
    },
  };
}

/** What axe finds wrong with a page, and whether it is wider than the screen. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes?: { target: unknown }[] }[] }> };
    };
    return (await axe.run()).violations;
  });
  const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  return [
    ...found.map(({ id, nodes }) => `${id} ${JSON.stringify((nodes ?? []).map(({ target }) => target))}`),
    ...(Number(overflow) > 0 ? [`${overflow} px too wide`] : []),
  ];
}
