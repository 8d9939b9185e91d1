import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPlace } from "../../src/places.ts";
import { claimNotice } from "../../src/staff/claim.ts";
import { staffTexts } from "../../src/staff/texts.ts";
import { loadTexts } from "../../src/texts.ts";
import { colleagues, type Deployment, deploy } from "./deployment.ts";
import { newcomerOf } from "./newcomer.ts";
import { labelsOf, listenerOf, plain, runsRightToLeft } from "./spoken.ts";
import { walkOnTelegram } from "./telegram.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();
const german = staffTexts(texts);
const patience = { timeout: 20_000 };

let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy();
}, 90_000);
afterAll(() => deployment?.stop(), 30_000);

describe.each(place.languages)("a newcomer who speaks %s", (language) => {
  test("walks on Telegram from /start to a case that a colleague claims", async () => {
    const { telegram, group, staff } = deployment;
    const { plan, answers } = newcomerOf(language);
    const { user, code = "" } = await walkOnTelegram(telegram, plan);
    expect(code).not.toBe("");

    const found = await deployment.caseOf(code);
    expect(found?.intakes.map((intake) => intake.answers)).toEqual([answers]);
    expect([found?.language, found?.municipality, found?.status]).toEqual([language, "delbrueck", "open"]);
    expectLanguage(language, user);

    const cards = () => telegram.transcript({ chat: group }).messages.filter(({ text }) => text.includes(code));
    await expect.poll(cards, patience).toHaveLength(1);
    const [card] = cards();
    expect(card?.text).toContain("Delbrück");
    // Needs, residence and phone number stay out of a room that is not encrypted.
    expect(card?.text).not.toMatch(/Leistungen|§|5251/);

    const [first = 0, second = 0] = staff;
    const press = (member: number) =>
      telegram.press({ user: member, chat: group, data: `claim:${code}`, message_id: card?.message_id });
    const told = (member: number) =>
      telegram.transcript({ chat: group }).presses.findLast((one) => one.user === member && one.data.endsWith(code))
        ?.answer?.text;
    press(first);
    await expect.poll(() => told(first), patience).toBe(claimNotice(german, code, { type: "claimed", lanes: [] }));
    await expect.poll(() => cards()[0]?.text, patience).toContain(`Übernommen von ${colleagues[0]}`);
    expect(
      cards()[0]
        ?.buttons.flat()
        .some(({ data }) => data?.startsWith("claim:")),
    ).toBe(false);
    press(second);
    await expect.poll(() => told(second), patience).toContain(`${colleagues[0]} hat den Fall schon übernommen`);
    expect((await deployment.caseOf(code))?.claimedBy).toBe(colleagues[0]);
    expect(cards()).toHaveLength(1);
  });
});

test("makes one case of each walk", async () => {
  const codes = await deployment.codes();
  expect(codes).toHaveLength(place.languages.length);
  const shown = deployment.telegram.transcript({ chat: deployment.group }).messages;
  expect(shown).toHaveLength(codes.length);
});

/** Everything that a person read after they chose their language is in it. */
function expectLanguage(language: string, user: number): void {
  const hear = listenerOf(language, place);
  const labels = labelsOf(language, place);
  const isRightToLeft = texts.language(language)?.direction === "rtl";
  const { messages } = deployment.telegram.transcript({ chat: user });
  const read = messages.filter(({ from }) => from === "bot").slice(1);
  expect(read.length).toBeGreaterThan(20);
  for (const { text, buttons } of read) {
    expect([text, hear(text)]).toEqual([text, []]);
    for (const { label } of buttons.flat()) {
      const bare = plain(label).replace("✓ ", "");
      expect([bare, labels.some((known) => known.test(bare))]).toEqual([bare, true]);
    }
    expect([text, isRightToLeft ? runsRightToLeft(text) : true]).toEqual([text, true]);
  }
  for (let step = 1; step <= 9; step++) {
    const progress = plain(texts.text(language, "progress", { step, of: 9, question: "" })).trim();
    expect(read.some(({ text }) => plain(text).includes(progress))).toBe(true);
  }
}
