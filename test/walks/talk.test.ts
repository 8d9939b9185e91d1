import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadTexts } from "../../src/texts.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { newcomerOf } from "./newcomer.ts";
import { walkOnTelegram } from "./telegram.ts";
import { walkOnWeb } from "./web.ts";

const texts = loadTexts();
const patience = { timeout: 20_000 };
const executable = findBrowser();

describe.skipIf(!executable)("a talk with staff", () => {
  let deployment: Deployment;
  let browser: Browser;
  /** A colleague, signed in to the staff page. */
  let colleague: Page;

  beforeAll(async () => {
    deployment = await deploy();
    browser = await startBrowser(executable ?? "");
    colleague = await browser.newPage();
    await colleague.goto(deployment.staffLink);
    await colleague.locator("#name").fill("Administration");
    await colleague.locator("main button").click();
    await colleague.waitForURL("**/staff/cases");
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  }, 30_000);

  async function claim(code: string): Promise<void> {
    await colleague.goto(`${deployment.url}/staff/cases/${code}`);
    await colleague.locator(`#claim-${code}`).click();
    await colleague.getByText(`${code}: Sie haben den Fall übernommen.`).waitFor(patience);
  }

  async function write(text: string): Promise<void> {
    await colleague.locator("#write-text").fill(text);
    await colleague.getByRole("button", { name: "Senden" }).click();
    await colleague.getByText("Ihre Nachricht ist unterwegs.").waitFor(patience);
  }

  const said = (text: string) => colleague.locator("#talk + *, .staff-talk").getByText(text).waitFor(patience);

  test("goes to and fro in the web chat without loading a page again, and ends", async () => {
    const [language, words] = ["uk", (key: string, values = {}) => texts.text("uk", key, values)] as const;
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: language });
    const page = await context.newPage();
    await page.goto(deployment.url);
    const { plan } = newcomerOf(language);
    await claim((await walkOnWeb(page, plan, texts.language(language)?.name ?? "")) ?? "");
    const bubbles = page.locator("#log .them .bubble");
    const choices = page.locator("#choices").getByRole("button");

    await colleague.locator("#write-message").selectOption("which_day");
    await colleague.getByRole("button", { name: "Weiter" }).click();
    await colleague.getByRole("button", { name: "Vorschau" }).click();
    expect(await colleague.locator(".staff-previews").textContent()).toContain(words("prepared.which_day"));
    await colleague.getByRole("button", { name: "Senden" }).click();
    await colleague.getByText("Ihre Nachricht ist unterwegs.").waitFor(patience);
    // By a hint: the page looks by itself only every twenty seconds, and the test has no more patience than that.
    await bubbles.getByText(words("prepared.which_day")).waitFor({ timeout: 10_000 });
    expect(await bubbles.last().textContent()).toContain("KIM-Team Nord");
    expect(await choices.allInnerTexts()).toEqual([words("choice.endTalk")]);

    await page.locator("#input").fill("У вівторок, **зранку** <b>");
    await page.locator("#input").press("Enter");
    await said("У вівторок, **зранку** <b>");
    await write("Bis **Dienstag**!");
    await bubbles.getByText(/Bis .*Dienstag.*!/).waitFor(patience);
    await choices.getByText(words("choice.endTalk")).click();
    await bubbles.getByText(words("talk.ended", { team: "KIM-Team Nord" })).waitFor(patience);
    await colleague.getByText("Gerade läuft kein Gespräch.").waitFor(patience);
    expect((await choices.allInnerTexts()).length).toBeGreaterThan(1);
    await context.close();
  }, 90_000);

  test("goes to and fro on Telegram, with the words' directions apart, and staff end it", async () => {
    const { telegram, group } = deployment;
    const { user, code = "" } = await walkOnTelegram(telegram, newcomerOf("ar").plan);
    await claim(code);
    const read = () => telegram.transcript({ chat: user }).messages.filter(({ from }) => from === "bot");
    await write("Guten Tag, passt <b>Dienstag</b>?\n*10:00*");
    await expect.poll(() => read().at(-1)?.text, patience).toContain("\u2068Guten Tag, passt <b>Dienstag</b>?\u2069");
    const buttons = read().at(-1)?.buttons.flat() ?? [];
    expect(buttons.map(({ data }) => data)).toEqual(["!end", "!menu", "!urgent"]);

    telegram.say({ user, text: "نعم، يناسبني" });
    await said("نعم، يناسبني");
    const card = () => telegram.transcript({ chat: group }).messages.findLast(({ text }) => text.includes(code))?.text;
    await expect.poll(card, patience).toContain("Hat geantwortet");
    expect(card()).not.toContain("يناسبني");
    await colleague.getByRole("button", { name: "Gespräch beenden" }).click();
    await colleague.getByText("Das Gespräch ist beendet.", { exact: true }).waitFor(patience);
    await expect
      .poll(() => read().at(-2)?.text, patience)
      .toContain(texts.text("ar", "talk.ended", { team: "" }).slice(0, 12));
    expect(read().at(-1)?.buttons.flat().length).toBeGreaterThan(3);
  }, 90_000);
});
