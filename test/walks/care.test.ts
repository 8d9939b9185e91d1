import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPlace } from "../../src/places.ts";
import { staffTexts } from "../../src/staff/texts.ts";
import { loadTexts } from "../../src/texts.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { type Chat, chatOnTelegram, chatOnWeb } from "./chats.ts";
import { type Colleague, firstColleague } from "./colleague.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { labelsOf, listenerOf, plain } from "./spoken.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();
const german = staffTexts(texts);
const patience = { timeout: 20_000 };
const phone = { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" } as const;
const replies = { uk: "У вівторок, **зранку** <b>", ar: "يوم الثلاثاء صباحًا، **من فضلكم** <b>", de: "Am Dienstag <b>" };
type Language = keyof typeof replies;
const languages = Object.keys(replies) as Language[];

const executable = findBrowser();

describe.skipIf(!executable)("after sending", () => {
  let deployment: Deployment;
  let browser: Browser;
  let colleague: Colleague;

  beforeAll(async () => {
    deployment = await deploy();
    browser = await startBrowser(executable ?? "");
    colleague = await firstColleague(browser, deployment);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  }, 30_000);

  test.each(languages)(
    "on Telegram, in %s, a person talks with staff, changes an answer, lets an office have data and takes it back, gets their data, and deletes",
    async (language) => {
      const chat = await chatOnTelegram(deployment, language);
      await care(language, chat);
    },
    60_000,
  );

  test.each(languages)(
    "on the web, in %s, a person does all of this without loading the page again",
    async (language) => {
      const context = await browser.newContext({ ...phone, locale: language });
      const chat = await chatOnWeb(await context.newPage(), deployment.url, language);
      const html = await care(language, chat);
      const offline = await (await browser.newContext({ ...phone, offline: true })).newPage();
      await offline.setContent(html);
      expect(await offline.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      await offline.context().close();
      await context.close();
    },
    60_000,
  );

  /** Goes through everything that comes after sending; answers the page with the person's data. */
  async function care(language: Language, chat: Chat): Promise<string> {
    const { code } = chat;
    const label = (key: string, values = {}) => plain(texts.text(language, key, values));
    /** How a text begins, up to a value. */
    const start = (key: string, name: string) => label(key, { [name]: "|" }).split(/[|\n]/)[0] ?? "";
    const hears = listenTo(chat, language);
    const cardText = () => cardOf(code)?.text ?? "";
    await colleague.claim(code);

    // A talk.
    expect(await colleague.sendPrepared("which_day")).toContain(label("prepared.which_day"));
    await hears(label("prepared.which_day"));
    expect(await chat.buttons()).toEqual([label("choice.endTalk")]);
    if (language === "ar") {
      await colleague.write("Passt <b>Dienstag</b>?\n*10:00*");
      await hears("Passt <b>Dienstag</b>?", "*10:00*", start("talk.free", "language"));
    }
    await chat.say(replies[language]);
    // The first sentence: the others depend on whether somebody is there now.
    await hears(start("talk.received", "team").split(".")[0] ?? "");
    await colleague.sees(replies[language]);
    await expect.poll(cardText, patience).toContain("Hat geantwortet");
    expect(cardText()).not.toContain(replies[language]);
    if (language === "de") await colleague.endTalk();
    else await chat.press(label("choice.endTalk"));
    await hears(start("talk.ended", "team"));
    await colleague.sees(german("write.closed"));

    // An answer that changes.
    await chat.say(`${label("menu.choice.data")}!`);
    for (const key of ["data.choice.change", "intake.summary.choice.change", "intake.change.choice.letter"])
      await chat.press(label(key));
    await chat.press(label("intake.letter.choice.yes"));
    await chat.press(label("intake.summary.choice.send"));
    await colleague.sees(german("case.versions"));
    expect((await deployment.caseOf(code))?.intakes.map(({ answers }) => answers.letter)).toEqual(["yes", "no"]);
    await expect.poll(cardText, patience).toContain("Neue Angaben");

    // An office, given and taken back.
    const name = place.offices.jobcenter?.name ?? "";
    const office = typeof name === "string" ? name : (name[language] ?? name.de ?? "");
    await colleague.page.reload();
    await colleague.ask("jobcenter", ["needs", "age"]);
    await hears(start("referral", "office"), office);
    await chat.press(label("referral.choice.yes"));
    await hears(start("referral.release", "agreement"));
    await chat.press(label("referral.release.choice.yes"));
    await hears(start("referral.agreed", "office"));
    await colleague.sees(german("referral.sheet"));
    const sheet = await colleague.openSheet();
    const shown = await colleague.page.locator(".staff-sheet").textContent();
    expect(shown).toMatch(/Jobcenter.*18 bis 26/s);
    expect(shown).not.toContain("5251");
    await colleague.page.goBack();
    await chat.say(label("menu.choice.data"));
    await chat.press(label("data.choice.agreements"));
    await chat.press(label("agreements.choice.office", { office }));
    await chat.press(label("agreements.one.choice.withdraw"));
    await hears(label("agreements.withdrawn_office"));
    await colleague.sees(/^Zurückgenommen am/);
    expect(await colleague.page.locator("a[id^=sheet-]").count()).toBe(0);
    expect((await colleague.page.request.get(sheet)).status()).toBe(404);

    // Their data: the question below the agreements.
    await chat.press(label("agreements.choice.end"));
    await chat.press(label("data.choice.see"));
    await hears(code, start("data.kept.state.claimed", "due"));
    await chat.press(label("data.choice.file"));
    const [html = "", data = ""] = await chat.files();
    expect(html).toContain(`<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}">`);
    expect(html).toContain(code);
    const said = JSON.parse(data);
    expect(said.cases[0].intakes).toHaveLength(2);
    expect(JSON.stringify(said.messages)).toContain(JSON.stringify(replies[language]).slice(1, -1));
    await hears();

    // Nothing is left.
    await chat.say("/delete");
    await chat.press(label("data.delete.choice.yes"));
    await hears(label("data.erasedWithCase"));
    await colleague.sees(german("case.erased"));
    await expect.poll(cardText, patience).toContain("Auf Wunsch gelöscht");
    expect(await deployment.caseOf(code)).toMatchObject({ status: "erased", intakes: [], talk: [], referrals: [] });
    return html;
  }

  function cardOf(code: string) {
    return deployment.telegram.transcript({ chat: deployment.group }).messages.find(({ text }) => text.includes(code));
  }
});

/**
 * Waits until the person has read something with these words, since the last time; all that they read meanwhile, and
 * what they can press, has to be in their language.
 */
function listenTo(chat: Chat, language: string): (...words: string[]) => Promise<void> {
  const hear = listenerOf(language, place);
  const labels = labelsOf(language, place);
  let heard = 0;
  return async (...words) => {
    const since = async () => (await chat.read()).slice(heard).map(plain);
    await expect
      .poll(async () => (await since()).filter((text) => words.every((one) => text.includes(one))), {
        ...patience,
        message: `a message with ${words.join(", ")}`,
      })
      .not.toEqual([]);
    const read = await since();
    heard += read.length;
    for (const text of read) expect([text, hear(text)]).toEqual([text, []]);
    for (const button of await chat.buttons())
      expect([button, labels.some((known) => known.test(button))]).toEqual([button, true]);
  };
}
