import { readFileSync } from "node:fs";
import { createInstance } from "i18next";
import { expect, test } from "vitest";
import { fill, toTemplate } from "../src/domain/template.ts";

const { texts } = JSON.parse(readFileSync(new URL("../locales/en.json", import.meta.url), "utf8"));

test("fills in values as i18next does, whatever is in them", () => {
  const instance = createInstance();
  const interpolation = { escapeValue: false };
  void instance.init({ lng: "en", resources: { en: { translation: texts } }, keySeparator: false, interpolation });
  const value = "**Über** {{name}} $& $1 <b> \u2067 {{";
  for (const [key, text] of Object.entries<string>(texts)) {
    if (!text.includes("{{") || text.includes("{{count}}")) continue;
    const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => [name, value]);
    expect(fill(toTemplate(text) ?? [], Object.fromEntries(names))).toBe(instance.t(key, Object.fromEntries(names)));
  }
});

test("leaves to i18next what is more than a value in its place", () => {
  expect(toTemplate("see $t(other)")).toBeUndefined();
  expect(toTemplate("on {{day, datetime}}")).toBeUndefined();
  expect(fill(toTemplate("of {{name}}") ?? [], {})).toBeUndefined();
});
