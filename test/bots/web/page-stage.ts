import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { findBrowser, startBrowser } from "./browser.ts";
import { type Service, startService } from "./service.ts";
import { scriptedTalk } from "./talk.ts";

export const executable = findBrowser();
if (!executable) process.stderr.write("The web chat's page is not tested: no Chromium (set CHROMIUM to its path)\n");

/** Generous: it only has to end when something is broken. */
export const patience = { timeout: 20_000 };

/** A browser for all tests of a file, and for each test a service of its own. */
export interface Stage {
  service: Service;
  /** Errors of scripts, and what the content security policy kept out. */
  problems: string[];
  openContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  visit(page: Page, path?: string): Promise<Page>;
  /** A page in a context of its own. */
  open(options?: BrowserContextOptions, path?: string): Promise<Page>;
}

/** Sets up the stage around the tests of a `describe`; with other texts than the page's. */
export function setStage(texts?: Parameters<typeof startService>[2]): Stage {
  let browser: Browser;
  const problems: string[] = [];
  const stage: Omit<Stage, "service"> & { service?: Service } = {
    problems,
    async openContext(options = {}) {
      const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
      context.on("weberror", (error) => problems.push(error.error().message));
      return context;
    },
    async visit(page, path = "/") {
      page.on("console", (message) => {
        if (/security policy|trusted/i.test(message.text())) problems.push(message.text());
      });
      await page.goto(stage.service?.url + path);
      await page.locator("html[data-ready]").waitFor();
      return page;
    },
    async open(options, path) {
      return stage.visit(await (await stage.openContext(options)).newPage(), path);
    },
  };

  beforeAll(async () => {
    browser = await startBrowser(executable ?? "");
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    problems.length = 0;
    const legal = { imprint: "https://www.example.org/imprint" };
    stage.service = await startService(scriptedTalk(), { legal, trial: true }, texts);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await stage.service?.stop();
  });
  return stage as Stage;
}

/** A choice of the present question. */
export function choice(page: Page, name: string) {
  return page.locator("#choices").getByRole("button", { name, exact: true });
}

export function press(page: Page, name: string): Promise<void> {
  return choice(page, name).click();
}

/** Chooses a language and waits for the first question in it. */
export async function begin(page: Page, language = "English", first = "I need help"): Promise<void> {
  await page.locator("#languages").getByRole("button", { name: language, exact: true }).click();
  await choice(page, first).waitFor();
}

export function bubbles(page: Page): Promise<string[]> {
  return page.locator("#log .bubble").allInnerTexts();
}

export async function write(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox").fill(words);
  await page.getByRole("textbox").press("Enter");
}

/** What axe finds wrong with a page whose context bypasses the content security policy. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as axe.AxeResults;
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}
