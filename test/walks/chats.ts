import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { loadTexts } from "../../src/texts.ts";
import type { Deployment } from "./deployment.ts";
import { newcomerOf } from "./newcomer.ts";
import { plain } from "./spoken.ts";
import { walkOnTelegram } from "./telegram.ts";
import { walkOnWeb } from "./web.ts";

const texts = loadTexts();
const patience = { timeout: 20_000 };

/** A person's side of a conversation, after their walk to a case: the same on each channel. */
export interface Chat {
  /** Of the case that the walk made. */
  code: string;
  say(text: string): Promise<void>;
  /** Presses a button of what is asked now, as soon as it is there. */
  press(label: string): Promise<void>;
  /** All that was read so far, in order. */
  read(): Promise<string[]>;
  /** The labels of what can be pressed now, without the menu and urgent help. */
  buttons(): Promise<string[]>;
  /** Opens the two files that were sent: the page to read, and the data. */
  files(): Promise<string[]>;
}

/** Has a new person walk to a case on Telegram. */
export async function chatOnTelegram({ telegram }: Pick<Deployment, "telegram">, language: string): Promise<Chat> {
  const { user, code = "" } = await walkOnTelegram(telegram, newcomerOf(language).plan);
  const messages = () => telegram.transcript({ chat: user }).messages.filter(({ from }) => from === "bot");
  const shown = () => messages().at(-1)?.buttons.flat() ?? [];
  const labelOf = (label: string) => plain(label).replace("✓ ", "");
  // A button of a message from before the latest act belongs to a question that was answered.
  let before = 0;
  return {
    code,
    async say(text) {
      before = messages().length;
      telegram.say({ user, text });
    },
    async press(label) {
      const found = () => shown().find((button) => labelOf(button.label) === label && messages().length > before);
      await expect.poll(found, { ...patience, message: `a button “${label}”` }).toBeDefined();
      const data = found()?.data ?? "";
      before = messages().length;
      telegram.press({ user, data });
    },
    read: async () => messages().map(({ text }) => text),
    buttons: async () =>
      shown()
        .filter(({ data }) => data !== "!menu" && data !== "!urgent")
        .map(({ label }) => labelOf(label)),
    async files() {
      const files = () => messages().flatMap(({ document }) => (document ? [document] : []));
      await expect.poll(() => files().map((file) => file.file_name), patience).toEqual(["lotse.html", "lotse.json"]);
      return files().map(({ content }) => content);
    },
  };
}

/** Has a new person walk to a case in the web chat, on a page that nobody used before. */
export async function chatOnWeb(page: Page, url: string, language: string): Promise<Chat> {
  await page.goto(url);
  const code = (await walkOnWeb(page, newcomerOf(language).plan, texts.language(language)?.name ?? "")) ?? "";
  const choices = page.locator("#choices").getByRole("button");
  return {
    code,
    async say(text) {
      await page.locator("#input").fill(text);
      await page.locator("#input").press("Enter");
    },
    async press(label) {
      const named = async () => (await choices.allInnerTexts()).map(plain).indexOf(label);
      await expect.poll(named, { ...patience, message: `a button “${label}”` }).toBeGreaterThanOrEqual(0);
      await choices.nth(await named()).click(patience);
    },
    read: () => page.locator("#log .them .bubble").allInnerTexts(),
    buttons: async () => (await choices.allInnerTexts()).map(plain),
    async files() {
      const links = page.locator("#log").getByRole("link", { name: texts.text(language, "file.link") });
      await expect.poll(() => links.count(), patience).toBe(2);
      return [await fetchOnce(page, links.nth(0), language), await fetchOnce(page, links.nth(1), language)];
    },
  };
}

/** Takes the file behind a link, which has to work only once. */
async function fetchOnce(page: Page, link: ReturnType<Page["locator"]>, language: string): Promise<string> {
  const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  const coming = opened.waitForEvent("download");
  await opened.getByRole("button", { name: texts.text(language, "file.button") }).click();
  const download = await coming;
  const content = await readFile(await download.path(), "utf8");
  await opened.reload();
  await opened.getByText(texts.text(language, "file.over")).waitFor(patience);
  await opened.close();
  return content;
}
