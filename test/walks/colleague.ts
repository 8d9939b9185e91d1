import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type StaffTextKey, staffTexts } from "../../src/staff/texts.ts";
import { loadTexts } from "../../src/texts.ts";
import type { Deployment } from "./deployment.ts";

const german = staffTexts(loadTexts());
const patience = { timeout: 20_000 };

/** A colleague at the staff page, in a real browser. */
export interface Colleague {
  page: Page;
  /** Claims a case, and stays on its page. */
  claim(code: string): Promise<void>;
  /** Sends a prepared message that has no fields; answers what the person will read, as the page shows it before. */
  sendPrepared(key: string): Promise<string>;
  /** Writes in words of their own, in German. */
  write(text: string): Promise<void>;
  /** Ends the talk. */
  endTalk(): Promise<void>;
  /** Waits until the case's page shows these words, by itself. */
  sees(text: string | RegExp): Promise<void>;
  /** Asks the person whether these answers may go to an office. */
  ask(office: string, items: string[]): Promise<void>;
  /** Opens the data sheet that the case's page offers; answers its address. */
  openSheet(): Promise<string>;
}

/** Enters the first administrator by the link that the start printed, who works on cases, too. */
export async function firstColleague(
  browser: Browser,
  { staffLink, url }: Pick<Deployment, "staffLink" | "url">,
  given: BrowserContextOptions = {},
): Promise<Colleague> {
  const page = await (await browser.newContext(given)).newPage();
  page.setDefaultTimeout(patience.timeout);
  await page.goto(staffLink);
  await page.locator("#name").fill("Administration");
  await page.locator("main button").click();
  await page.waitForURL("**/staff/cases");
  const press = (key: StaffTextKey) => page.getByRole("button", { name: german(key), exact: true }).click();
  const isSent = () => page.getByText(german("write.sent")).waitFor();

  return {
    page,
    async claim(code) {
      await page.goto(`${url}/staff/cases/${code}`);
      await page.locator(`#claim-${code}`).click();
      await page.getByText(german("claim.claimed", { code })).waitFor();
    },
    async sendPrepared(key) {
      await page.locator("#write-message").selectOption(key);
      await press("write.next");
      await press("write.preview");
      const preview = await page.locator(".staff-preview__text").first().textContent();
      await press("write.send");
      await isSent();
      return preview ?? "";
    },
    async write(text) {
      await page.locator("#write-text").fill(text);
      await press("write.send");
      await isSent();
    },
    async endTalk() {
      await press("write.end");
      await page.locator("#write").getByText(german("write.closed")).waitFor();
    },
    sees: (text) => page.locator("#live").getByText(text).first().waitFor(),
    async ask(office, items) {
      await page.locator("#referral-new").click();
      await page.locator("#office").selectOption(office);
      for (const item of items) await page.locator(`#item-${item}`).check();
      await press("referral.send");
      await page.getByText(german("referral.result.asked")).waitFor();
    },
    async openSheet() {
      const link = page.locator("a[id^=sheet-]");
      const address = `${url}${await link.getAttribute("href")}`;
      await link.click();
      await page.waitForURL(address);
      return address;
    },
  };
}
