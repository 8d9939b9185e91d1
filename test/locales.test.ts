import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folded } from "../flows/replies/folded.ts";
import { toData } from "../src/conversation/button-data.ts";
import { isLabel, vocabularyOf } from "../src/conversation/vocabulary.ts";
import { unreadableKinds } from "../src/domain/channel.ts";
import { type Locale, locale } from "../src/locale.ts";
import { loadPlace, placeIds } from "../src/places.ts";
import { createTexts } from "../src/texts.ts";
import { keysOfFlows } from "./flows/keys.ts";

const folder = join(import.meta.dirname, "..", "locales");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const read = (file: string): Locale => locale.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));
const reference = read("en.json");
const locales = files.map((file) => [file, read(file)] as const);
const texts = createTexts(locales.map(([, one]) => one));

/** Telegram cuts longer ones on a phone; 64 bytes is its limit for a button's data. */
const longestLabel = 40;
const longestData = 64;
const plurals = Object.keys(reference.texts)
  .filter((key) => key.endsWith("_one") && key.replace(/one$/, "other") in reference.texts)
  .map((key) => key.replace(/_one$/, ""));
/** A key without the suffix of its plural form. */
const stem = (key: string) => {
  const found = key.replace(/_(zero|one|two|few|many|other)$/, "");
  return plurals.includes(found) ? found : key;
};
const stems = (one: Locale) => [...new Set(Object.keys(one.texts).map(stem))].sort();
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort();

describe.each(locales)("%s", (file, one) => {
  const { language, words } = one;
  const entries = Object.entries(one.texts);

  test("is named after its language", () => {
    expect(file).toBe(`${language.code}.json`);
  });

  test("has the same keys as the reference, each plural with the forms that the language has", () => {
    expect(stems(one)).toEqual(stems(reference));
    const forms = new Intl.PluralRules(language.code).resolvedOptions().pluralCategories;
    for (const key of plurals) for (const form of forms) expect(one.texts).toHaveProperty([`${key}_${form}`]);
  });

  test("has the same placeholders as the reference", () => {
    for (const [key, text] of entries) {
      const original = reference.texts[key] ?? reference.texts[`${stem(key)}_other`] ?? "";
      expect(
        placeholders(text).filter((name) => name !== "count"),
        key,
      ).toEqual(placeholders(original).filter((name) => name !== "count"));
    }
  });

  test("has no empty text, no half bold one, and nothing but bold as markup", () => {
    for (const [key, text] of entries) {
      expect(text.trim(), key).not.toBe("");
      expect(text.split("**").length % 2, key).toBe(1);
      expect(text, key).not.toMatch(/<\w|&\w+;|\$t\(/);
    }
  });

  test("has labels that fit on a button", () => {
    for (const [key, text] of entries.filter(([key]) => isLabel(key)))
      expect(text.length, key).toBeLessThanOrEqual(longestLabel);
  });

  test("has labels that differ within each question", () => {
    const byQuestion = Map.groupBy(
      entries.filter(([key]) => key.includes(".choice.")),
      ([key]) => key.slice(0, key.indexOf(".choice.")),
    );
    const always = entries.filter(([key]) => key.startsWith("choice."));
    for (const [question, labels] of byQuestion) {
      const said = [...labels, ...always].map(([, label]) => folded(label));
      expect(new Set(said).size, question).toBe(said.length);
      expect(said, question).not.toContain("");
    }
  });

  test("has no label that calls for urgent help but those that lead there", () => {
    const { findUrgent } = vocabularyOf(texts);
    const others = entries.filter(
      ([key]) => isLabel(key) && key !== "choice.urgent" && key !== "orientation.topic.choice.numbers",
    );
    expect(others.filter(([, label]) => findUrgent(folded(label)))).toEqual([]);
  });

  test("has words for urgent help, yes and no, and for every command", () => {
    const { findUrgent } = vocabularyOf(texts);
    expect(words.urgent.filter((word) => !findUrgent(folded(word.replaceAll("*", ""))))).toEqual([]);
    expect(words.yes.map(folded).filter((word) => words.no.map(folded).includes(word))).toEqual([]);
    for (const [name, typed] of Object.entries(words.commands)) expect(typed.length, name).toBeGreaterThan(0);
  });

  test("says who reviewed it", () => {
    expect(language.reviewedBy).not.toBe("");
  });

  test("keeps to Telegram's limits for its profile", () => {
    expect(one.texts["telegram.description"]?.length).toBeLessThanOrEqual(512);
    expect(one.texts["telegram.shortDescription"]?.length).toBeLessThanOrEqual(120);
  });
});

test("no command is the word for another one in some language", () => {
  const meanings = new Map<string, Set<string>>();
  for (const [, one] of locales)
    for (const [name, typed] of Object.entries(one.words.commands))
      for (const word of typed.map(folded)) meanings.set(word, (meanings.get(word) ?? new Set()).add(name));
  expect([...meanings].filter(([, names]) => names.size > 1)).toEqual([]);
});

test("every key that a flow can say is there", () => {
  expect(keysOfFlows().filter((key) => !texts.has(key))).toEqual([]);
});

test("every kind of message that can't be read has an answer", () => {
  expect(unreadableKinds.filter((kind) => !texts.has(`unreadable.${kind}`))).toEqual([]);
});

test.each(placeIds())("every reason, and every language, of %s is there", (id) => {
  const place = loadPlace(id);
  const reasons = place.rules.map((rule) => `reason.${rule.propose.reason ?? rule.id}`);
  expect(reasons.filter((key) => !texts.has(key))).toEqual([]);
});

test("the data of every button is short enough", () => {
  const values = Object.keys(reference.texts).flatMap((key) => /\.choice\.(.+)$/.exec(key)?.[1] ?? []);
  const ids = placeIds().flatMap((id) => Object.keys(loadPlace(id).municipalities));
  for (const value of [...values, ...ids]) {
    expect(Buffer.byteLength(toData(10 ** 9, `+${value}`)), value).toBeLessThanOrEqual(longestData);
  }
});
