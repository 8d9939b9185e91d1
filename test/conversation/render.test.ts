import { describe, expect, test } from "vitest";
import { createRender } from "../../src/conversation/render.ts";
import type { Card, OutgoingPrompt, Prompt } from "../../src/domain/prompt.ts";
import { type Locale, locale } from "../../src/locale.ts";
import { createTexts } from "../../src/texts.ts";
import { place, texts } from "./talk.ts";

const now = Date.UTC(2026, 10, 20, 12);
const render = createRender({ texts, place, publicUrl: "https://lotse.example", now: () => now });
const show = (prompt: Prompt, more: Partial<OutgoingPrompt> = {}) =>
  render({ type: "prompt", prompt, language: "en", ...more });

const locales = (one: Partial<Locale["language"]>, own: Record<string, string>): Locale =>
  locale.parse({
    language: { code: "en", name: "English", direction: "ltr", reviewedBy: "nobody yet", ...one },
    words: {
      urgent: ["sos"],
      yes: ["y"],
      no: ["n"],
      commands: { start: [], menu: [], language: [], help: [], stop: [], data: [], delete: [], back: [], end: [] },
    },
    texts: own,
  });

describe("a question", () => {
  const several: Prompt = {
    key: "intake.needs",
    choices: [
      "benefits",
      "housing",
      "language",
      "work_training",
      "education_childcare",
      "residence_law",
      "health",
      "family",
    ].map((value) => ({ value })),
    chosen: ["housing"],
    progress: { step: 2, of: 9 },
  };

  test("has a page of its choices, more, done, and the two that stand under every question", () => {
    const shown = show(several, { token: 71 });
    expect(shown.text).toMatch(/^2 of 9 · What is it about/);
    expect(shown.buttons.map(({ data, chosen }) => `${data}${chosen ? " ✓" : ""}`)).toEqual([
      "1z:+benefits",
      "1z:-housing ✓",
      "1z:+language",
      "1z:+work_training",
      "1z:+education_childcare",
      "1z:+residence_law",
      "1z:page:1",
      "1z:done",
    ]);
    expect(shown.standing.map(({ data }) => data)).toEqual(["!menu", "!urgent"]);
    expect(shown).toMatchObject({ multiple: true, token: 71, language: "en", direction: "ltr" });
  });

  test("has the first page after the last one", () => {
    const shown = show({ ...several, page: 1 }, { token: 71, updates: "m" });
    expect(shown.buttons.map(({ data }) => data)).toEqual(["1z:+health", "1z:+family", "1z:page:0", "1z:done"]);
    expect(shown.updates).toBe("m");
  });

  test("has no second page for one choice more", () => {
    const shown = show({ ...several, choices: several.choices?.slice(0, 7) ?? [] }, { token: 1 });
    expect(shown.buttons).toHaveLength(8);
  });

  test("shows some choices on every page", () => {
    const choices = [..."abcdefghi"].map((value) => ({ value, label: value }));
    const prompt = { key: "x", choices: [...choices, { value: "skip", label: "skip", always: true as const }] };
    expect(show({ ...prompt, page: 1 }, { token: 1 }).buttons.map(({ label }) => label)).toEqual([
      "g",
      "h",
      "i",
      "More …",
      "skip",
    ]);
  });

  test("says first why it is asked again", () => {
    const shown = show({ key: "intake.letter", lead: { type: "text", key: "stale" } }, { token: 1 });
    expect(shown.text).toMatch(/^That button belongs to an earlier question\. .*\n\nDo you have a letter/);
  });

  test("speaks of somebody else where there is a variant for it", () => {
    expect(show({ key: "intake.age", values: { context: "them" } }).text).toBe("How old is the person?");
    expect(show({ key: "intake.town", values: { context: "them" } }).text).toBe("In which town is the shelter?");
  });
});

describe("values", () => {
  const value = (one: Parameters<ReturnType<typeof render.words>["value"]>[0], language = "en") =>
    createRender({ texts, place, publicUrl: "" }).words(language).value(one);

  test("of days have weekday and month in words", () => {
    expect(value({ type: "date", day: "2026-11-25" })).toBe("Wednesday 25 November");
    expect(value({ type: "date", day: "2026-11-25" }, "de")).toBe("Mittwoch, 25. November");
  });

  test("of days in what is kept for years have the year", () => {
    expect(value({ type: "date", day: "2026-11-25", style: "record" }, "de")).toBe("25. November 2026");
    expect(value({ type: "date", day: "2026-11-25", style: "record" }, "ar")).toContain("2026");
  });

  test("of hours have weekdays in words", () => {
    expect(value({ type: "hours", days: ["tue", "thu"], from: "09:00", to: "12:00" })).toBe(
      "Tuesday and Thursday 09:00–12:00",
    );
  });

  test("of lists are joined as the language does it", () => {
    expect(value({ type: "list", style: "inline", items: ["a", "b", "c"] }, "de")).toBe("a, b und c");
    expect(value({ type: "list", style: "row", items: ["a", "b"] })).toBe("a · b");
    expect(value({ type: "list", style: "lines", items: ["a", "b"] })).toBe("• a\n• b");
  });

  test("of the place are found by their path, and by their id when they are gone", () => {
    expect(value({ type: "place", path: "municipalities.delbrueck.name" })).toBe("Delbrück");
    expect(value({ type: "place", path: "municipalities.gone.name" })).toBe("gone");
  });

  test("of people lose markup and control characters", () => {
    expect(value("**Kur**manci\u202e\u0007!")).toBe("Kurmanci  !");
    expect(show({ key: "noted", values: { answer: "{{code}} $t(menu)" } }).text).toBe("{{code}} $t(menu), I noted it.");
  });

  test("that are languages have their own names for people and German ones for staff", () => {
    expect(show({ key: "noted", values: { answer: { type: "language", code: "tr" } } }).text).toMatch(/^Türkçe/);
    expect(value({ type: "language", code: "tr" }, "de")).toBe("Türkisch");
    expect(value({ type: "language", code: "Kurmanci?" }, "de")).toBe("Kurmanci?");
  });
});

describe("a right-to-left language", () => {
  const arabic = createTexts([
    locales({}, { a: "Hello {{name}}", b: "b", count_one: "{{count}} day", count_other: "{{count}} days" }),
    locales(
      { code: "ar", name: "العربية", direction: "rtl" },
      { a: "مرحبا {{name}}", b: "مكتب Jobcenter (§ 24) في https://x.example/a.", count_other: "{{count}} أيام" },
    ),
  ]);
  const inArabic = createRender({ texts: arabic, place, publicUrl: "" });

  test("isolates German terms, numbers and addresses", () => {
    const { text, direction } = inArabic({ type: "prompt", prompt: { key: "b" }, language: "ar" });
    expect(text).toBe("مكتب \u2068Jobcenter\u2069 (\u2068§ 24\u2069) في \u2068https://x.example/a\u2069.");
    expect(direction).toBe("rtl");
  });

  test("isolates what is put in", () => {
    const prompt = { key: "a", values: { name: "K7-42M" } };
    expect(inArabic({ type: "prompt", prompt, language: "ar" }).text).toBe("مرحبا \u2068K7-42M\u2069");
  });

  test("falls back to English where a text is missing", () => {
    const texts = createTexts([locales({}, { a: "Hello" }), locales({ code: "de", name: "Deutsch" }, {})]);
    expect(texts.text("de", "a")).toBe("Hello");
    expect(texts.text("xx", "a")).toBe("Hello");
  });

  test("counts by plural forms", () => {
    expect([1, 2].map((count) => arabic.text("en", "count", { count }))).toEqual(["1 day", "2 days"]);
    expect(arabic.text("ar", "count", { count: 5 })).toBe("5 أيام");
  });
});

describe("a card", () => {
  const card: Card = {
    code: "K7-42M",
    municipality: "Delbrück",
    language: "uk",
    interpreter: "uk",
    priority: "normal",
    submittedAt: now - 60_000,
  };

  test("has the least of a case, and a button to claim it", () => {
    const shown = render({ type: "card", card, language: "de" });
    expect(shown.text).toBe("**K7-42M** · Delbrück · Ukrainisch · Dolmetschen · Normal · seit 1 min");
    expect(shown.buttons).toEqual([{ label: "Übernehmen", data: "claim:K7-42M" }]);
    expect(shown.links).toEqual([{ label: "Ansehen", url: "https://lotse.example/staff/cases/K7-42M" }]);
    expect(shown.standing).toEqual([]);
  });

  test("has needs and offices where the room may know them", () => {
    const shown = render({
      type: "card",
      card: { ...card, needs: ["benefits", "language"], offices: ["Jobcenter"] },
      language: "de",
    });
    expect(shown.text.split("\n")[1]).toBe("Bedarf: Leistungen, Sprache · Vorschlag: Jobcenter");
  });

  test("shows who has it, and that a call is wished", () => {
    const shown = render({
      type: "card",
      card: { ...card, claimedBy: "Ada *", flag: "call" },
      language: "de",
      updates: "m",
    });
    expect(shown.text.split("\n").slice(1)).toEqual(["**Rückruf gewünscht**", "Übernommen von Ada *"]);
    expect(shown.buttons).toEqual([]);
    expect(shown.updates).toBe("m");
  });

  test.each([
    ["the person asked for it", {}, "**K7-42M** · Auf Wunsch gelöscht"],
    ["its period was over", { expired: true } as const, "**K7-42M** · Nach Ablauf der Frist gelöscht"],
  ])("of an erased case shows no more than that %s", (_, why, text) => {
    const shown = render({ type: "card", card: { ...card, erased: true, ...why }, language: "de" });
    expect(shown.text).toBe(text);
    expect(shown.buttons).toEqual([]);
  });

  test.each([
    [{ closed: true as const, claimedBy: "Ada" }, "Abgeschlossen"],
    [{ handedTo: "KIM-Team Nord" }, "Abgegeben an KIM-Team Nord"],
  ])("says of a case that nobody of the room claims what became of it: %o", (given, line) => {
    const shown = render({ type: "card", card: { ...card, ...given }, language: "de" });
    expect(shown.text.split("\n").slice(1)).toEqual([line]);
    expect(shown.buttons).toEqual([]);
  });
});
