import { readFileSync } from "node:fs";
import type { Language, Texts } from "../../../src/domain/texts.ts";

const byLanguage: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(new URL("texts.json", import.meta.url), "utf8"),
);

const language = (code: string, name: string, direction: "ltr" | "rtl" = "ltr"): Language => ({
  code,
  name,
  direction,
  aliases: [],
  reviewedBy: "nobody yet",
});

/** The page's texts, in languages enough for its tests. */
export const texts: Pick<Texts, "text" | "languages"> = {
  languages: [
    language("de", "Deutsch"),
    language("de-simple", "Einfaches Deutsch"),
    language("uk", "Українська"),
    language("en", "English"),
    language("ar", "العربية", "rtl"),
    language("ru", "Русский"),
    language("tr", "Türkçe"),
  ],
  text: (code, key) => byLanguage[code]?.[key] ?? key,
};
