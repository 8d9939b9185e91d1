import type { Language, Texts } from "../../src/domain/texts.ts";
import { type Assets, type Compressible, compress } from "./assets.ts";
import { type PageConfig, type PageKey, pageTexts } from "./texts.ts";

/** What is shown around the talk. */
export interface PageSettings {
  /** Name of the place, as people know it. */
  place: string;
  /** Codes of the offered languages, in the place's order. */
  languages: string[];
  /** Where the page is reached, to come back to. */
  publicUrl: string;
  /** Tells that this is a trial and nobody shall enter real data. */
  trial?: boolean;
  /** The pages every public website must have, where the place has them. */
  legal?: { imprint?: string; privacy?: string; accessibility?: string };
}

/** Renders the page, once per language and kind of visitor. */
export class Page {
  readonly #frame: string;
  readonly #assets: Assets;
  readonly #settings: PageSettings;
  readonly #texts: Pick<Texts, "text" | "languages">;
  readonly #rendered = new Map<string, Compressible>();

  constructor(frame: string, assets: Assets, settings: PageSettings, texts: Pick<Texts, "text" | "languages">) {
    this.#frame = frame;
    this.#assets = assets;
    this.#settings = settings;
    this.#texts = texts;
  }

  /** The page in a language; `known` when the browser has a conversation already. */
  render(language: Language, known: boolean): Compressible {
    const key = `${language.code} ${known}`;
    const kept = this.#rendered.get(key);
    if (kept) return kept;
    const rendered = compress(Buffer.from(this.#fill(language, known)));
    this.#rendered.set(key, rendered);
    return rendered;
  }

  #fill(language: Language, known: boolean): string {
    const texts = pageTexts(this.#texts, language.code);
    const { place, publicUrl, trial = false, legal = {} } = this.#settings;
    const languages = this.#texts.languages.map(({ code, name, direction }) => ({ code, name, direction }));
    const { version, files } = this.#assets;
    const config: PageConfig = { version, language: language.code, languages, texts, known };
    const links = (["imprint", "privacy", "accessibility"] as const).flatMap((name) => {
      const href = legal[name];
      return href ? [`<a href="${escapeHtml(href)}" data-text="web.${name}">web.${name}</a>`] : [];
    });
    const values: Record<string, string> = {
      version,
      place: escapeHtml(place),
      publicUrl: escapeHtml(publicUrl),
      // Modules are found one behind the other; named here, they come together.
      preload: [...files.keys()]
        .filter((name) => name.endsWith(".js") && name !== "chat.js")
        .map((name) => `<link rel="modulepreload" href="/chat/files/${version}/${name}">`)
        .join("\n"),
      trial: trial ? `<p class="trial" data-text="web.trial">web.trial</p>` : "",
      legal: links.join("\n"),
      // "<" would end the script element that holds it.
      config: `<script type="application/json" id="config">${JSON.stringify(config).replaceAll("<", "\\u003c")}</script>`,
    };
    const text = (key: string) => escapeHtml(texts[key as PageKey] ?? key);
    return this.#frame
      .replace(`lang="de" dir="ltr"`, `lang="${language.code}" dir="${language.direction}"`)
      .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "")
      .replaceAll(/(data-text="([\w.]+)">)\2/g, (_, marker: string, key: string) => marker + text(key))
      .replaceAll(/data-label="([\w.]+)"/g, (marker, key: string) => `${marker} aria-label="${text(key)}"`)
      .replaceAll(/data-placeholder="([\w.]+)"/g, (marker, key: string) => `${marker} placeholder="${text(key)}"`);
  }
}

/** Makes text safe inside elements and quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
