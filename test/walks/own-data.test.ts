import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadTexts } from "../../src/texts.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { newcomerOf } from "./newcomer.ts";
import { plain } from "./spoken.ts";
import { walkOnTelegram } from "./telegram.ts";
import { walkOnWeb } from "./web.ts";

const texts = loadTexts();
const patience = { timeout: 20_000 };
const executable = findBrowser();

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy();
}, 90_000);
afterAll(() => deployment?.stop(), 30_000);

const labelOf = (language: string) => (key: string) => plain(texts.text(language, key));

test.each(["uk", "de"])(
  "on Telegram, in %s, a person changes an answer, gets the files, and deletes",
  async (language) => {
    const { telegram, group } = deployment;
    const label = labelOf(language);
    const { user, code = "" } = await walkOnTelegram(telegram, newcomerOf(language).plan);
    const shown = () => telegram.transcript({ chat: user }).messages.filter(({ from }) => from === "bot");
    /** Presses a button of the newest message, as soon as that has it. */
    const press = async (key: string) => {
      const found = () =>
        shown()
          .at(-1)
          ?.buttons.flat()
          .find((button) => plain(button.label).replace("✓ ", "") === label(key));
      await expect.poll(found, { ...patience, message: `a button ${key}` }).toBeDefined();
      telegram.press({ user, data: found()?.data ?? "" });
    };

    telegram.say({ user, text: `${label("menu.choice.data")}!` });
    await press("data.choice.change");
    await press("intake.summary.choice.change");
    await press("intake.change.choice.letter");
    await press("intake.letter.choice.yes");
    await press("intake.summary.choice.send");
    await expect
      .poll(async () => (await deployment.caseOf(code))?.intakes.map(({ answers }) => answers.letter), patience)
      .toEqual(["yes", "no"]);
    const card = () => telegram.transcript({ chat: group }).messages.find(({ text }) => text.includes(code))?.text;
    await expect.poll(card, patience).toContain("Neue Angaben");

    telegram.say({ user, text: "/data" });
    await press("data.choice.file");
    const files = () => shown().flatMap(({ document }) => (document ? [document] : []));
    await expect.poll(files, patience).toHaveLength(2);
    const [page, data] = files();
    expect([page?.file_name, data?.file_name]).toEqual(["lotse.html", "lotse.json"]);
    expect(page?.content).toContain(`<html lang="${language}"`);
    expect(page?.content).toContain(code);
    expect(JSON.parse(data?.content ?? "").cases[0].intakes).toHaveLength(2);

    telegram.say({ user, text: "/delete" });
    await press("data.delete.choice.yes");
    await expect.poll(() => plain(shown().at(-1)?.text ?? ""), patience).toBe(label("data.erasedWithCase"));
    expect(await deployment.caseOf(code)).toMatchObject({ status: "erased", intakes: [], talk: [] });
    await expect.poll(card, patience).toContain("Auf Wunsch gelöscht");
  },
);

describe.skipIf(!executable)("on the web", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser(executable ?? "");
  });
  afterAll(() => browser?.close());

  test("a person gets the page with their data, in Arabic, by a link that works once", async () => {
    const context = await browser.newContext({ locale: "ar", viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(deployment.url);
    const code = await walkOnWeb(page, newcomerOf("ar").plan, texts.language("ar")?.name ?? "");
    await page.getByRole("textbox").fill("بياناتي من فضلكم");
    await page.getByRole("textbox").press("Enter");
    await page
      .locator("#choices")
      .getByRole("button", { name: texts.text("ar", "data.choice.file"), exact: true })
      .click();
    const link = page
      .locator("#log")
      .getByRole("link", { name: texts.text("ar", "file.link") })
      .first();
    const [opened] = await Promise.all([context.waitForEvent("page"), link.click()]);
    const button = opened.getByRole("button");
    const [download] = await Promise.all([opened.waitForEvent("download"), button.click()]);
    const html = await readFile(await download.path(), "utf8");
    expect(html).toContain(`<html lang="ar" dir="rtl">`);
    expect(html).toContain(code);
    await opened.reload();
    await opened.getByText(texts.text("ar", "file.over")).waitFor(patience);

    const offline = await (await browser.newContext({ offline: true })).newPage();
    await offline.setContent(html);
    const parts = ["cases", "agreements", "messages", "appointments", "readings", "periods", "technical"];
    const titles = parts.map((part) => texts.text("ar", `export.${part}`));
    expect(await offline.locator("h2").allTextContents()).toEqual(titles);
    expect(await offline.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await context.close();
  }, 90_000);
});
