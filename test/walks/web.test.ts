import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPlace } from "../../src/places.ts";
import { loadTexts } from "../../src/texts.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { newcomerOf } from "./newcomer.ts";
import { listenerOf, plain } from "./spoken.ts";
import { walkOnWeb } from "./web.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();
const patience = { timeout: 20_000 };
const phone = { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" } as const;

const executable = findBrowser();
if (!executable) process.stderr.write("Nobody walks in the web chat: no Chromium (set CHROMIUM to its path)\n");

describe.skipIf(!executable)("in the web chat", () => {
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

  test.each(place.languages)(
    "a newcomer who speaks %s walks from the first page to a case that a colleague claims, and is told the office",
    async (language) => {
      const { plan, answers } = newcomerOf(language);
      const { name = "", direction } = texts.language(language) ?? {};
      const context = await browser.newContext({ ...phone, locale: language === "de-simple" ? "de" : language });
      const page = await context.newPage();
      await page.goto(deployment.url);
      const code = (await walkOnWeb(page, plan, name)) ?? "";
      expect(code).not.toBe("");

      const found = await deployment.caseOf(code);
      expect(found?.intakes.map((intake) => intake.answers)).toEqual([answers]);
      expect([found?.language, found?.municipality, found?.status]).toEqual([language, "delbrueck", "open"]);
      await claim(code);
      await tellOffice(code);
      // The page looks for itself when it is opened again.
      await page.reload();
      await page
        .locator("#log .them .bubble", { hasText: "Beispielstraße 1, 33098 Paderborn" })
        .last()
        .waitFor(patience);
      await expectLanguage(page, language, direction);
      await context.close();
    },
    60_000,
  );

  test("each walk made one case", async () => {
    expect(await deployment.codes()).toHaveLength(place.languages.length);
    const shown = deployment.telegram.transcript({ chat: deployment.group }).messages;
    expect(shown).toHaveLength(place.languages.length);
  });

  /** Claims a case on the staff page, where it has come in by itself, and looks at it there and in the group. */
  async function claim(code: string): Promise<void> {
    await colleague.goto(`${deployment.url}/staff/cases`);
    await colleague.locator(`#case-${code}`).click(patience);
    await colleague.waitForURL(`**/staff/cases/${code}`);
    const shown = (await colleague.locator("main").allInnerTexts()).join();
    for (const answer of ["Delbrück", "18 bis 26", "Leistungen", "§ 24", "+495251123456", "Jobcenter"])
      expect(shown).toContain(answer);
    await colleague.locator(`#claim-${code}`).click();
    await colleague.getByText(`${code}: Sie haben den Fall übernommen.`).waitFor(patience);

    const { telegram, group, staff } = deployment;
    const card = () => telegram.transcript({ chat: group }).messages.filter(({ text }) => text.includes(code));
    await expect.poll(() => card()[0]?.text, patience).toContain("Übernommen von Administration");
    const [member = 0] = staff;
    telegram.press({ user: member, chat: group, data: `claim:${code}`, message_id: card()[0]?.message_id });
    const told = () => telegram.transcript({ chat: group }).presses.findLast(({ data }) => data.endsWith(code))?.answer;
    await expect.poll(() => told()?.text, patience).toContain("Administration hat den Fall schon übernommen");
    expect(card()).toHaveLength(1);
    expect((await deployment.caseOf(code))?.claimedBy).toBe("Administration");
  }

  /** Confirms the Jobcenter on the claimed case's page, and sends its address. */
  async function tellOffice(code: string): Promise<void> {
    const proposal = colleague.locator(".staff-proposal", { hasText: "Jobcenter Kreis Paderborn" }).first();
    await proposal.getByRole("button", { name: "Vorschlag bestätigen" }).click();
    await colleague.waitForURL(`**/staff/cases/${code}?done=decide`);
    await proposal.getByRole("link", { name: "Der Person mitteilen" }).click();
    await colleague.getByRole("button", { name: "Jetzt senden" }).click();
    await colleague.waitForURL(`**/staff/cases/${code}?done=tell`);
  }
});

/** All that the page shows in the end, around the talk and in it, is in the person's language and direction. */
async function expectLanguage(page: Page, language: string, direction: string | undefined): Promise<void> {
  const hear = listenerOf(language, place);
  const html = page.locator("html");
  expect([await html.getAttribute("lang"), await html.getAttribute("dir")]).toEqual([language, direction]);
  expect(hear((await page.locator("body").allInnerTexts()).join())).toEqual([]);
  const bubbles = page.locator("#log .them .bubble");
  const read = await bubbles.allInnerTexts();
  expect(read.length).toBeGreaterThan(20);
  for (const text of read) expect([text, hear(text)]).toEqual([text, []]);
  const marks = await bubbles.evaluateAll((all) => all.map(({ lang, dir }) => `${lang} ${dir}`));
  expect(new Set(marks)).toEqual(new Set([`${language} ${direction}`]));
  for (let step = 1; step <= 9; step++) {
    const progress = plain(texts.text(language, "progress", { step, of: 9, question: "" })).trim();
    expect(read.some((text) => plain(text).includes(progress))).toBe(true);
  }
}
