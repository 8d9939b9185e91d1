import type { Language, Texts } from "../../src/domain/texts.ts";

/** The texts of the page itself, as keys of `locales/`. */
export const pageKeys = [
  "web.title",
  "web.skip",
  "web.leave",
  "web.about",
  "web.about.title",
  "web.about.program",
  "web.about.private",
  "web.about.back",
  "web.close",
  "web.reminder",
  "web.delete",
  "web.delete.explanation",
  "web.delete.confirm",
  "web.start.title",
  "web.start.text",
  "web.start.cookie",
  "web.continue.title",
  "web.continue",
  "web.continue.anew",
  "web.trial",
  "web.log",
  "web.from.assistant",
  "web.from.person",
  "web.answers",
  "web.always",
  "web.input",
  "web.send",
  "web.waiting",
  "web.failed",
  "web.offline",
  "web.busy",
  "web.tooLong",
  "web.noScript",
  "web.imprint",
  "web.privacy",
  "web.accessibility",
] as const;
export type PageKey = (typeof pageKeys)[number];

/** What the page's script reads from the page. */
export interface PageConfig {
  /** Of the page's files. */
  version: string;
  language: string;
  languages: Pick<Language, "code" | "name" | "direction">[];
  texts: Record<PageKey, string>;
  /** The browser has a conversation already. */
  known: boolean;
}

/** All texts of the page in one language. */
export function pageTexts(texts: Pick<Texts, "text">, language: string): Record<PageKey, string> {
  const entries = pageKeys.map((key) => [key, texts.text(language, key)]);
  return Object.fromEntries(entries) as Record<PageKey, string>;
}

/**
 * Chooses the page's first language: the first of the browser's wishes (an Accept-Language header) that is offered,
 * else German.
 */
export function chooseLanguage(languages: Language[], accepted: string | undefined): Language {
  const wishes = (accepted ?? "")
    .split(",")
    .map((part) => {
      const [code = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { code: code.toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { code } of wishes) {
    const exact = languages.find((language) => language.code.toLowerCase() === code);
    const same = exact ?? languages.find((language) => language.code === code.split("-")[0]);
    if (same) return same;
  }
  const fallback = languages.find(({ code }) => code === "de") ?? languages[0];
  if (!fallback) throw new Error("No language is offered");
  return fallback;
}
