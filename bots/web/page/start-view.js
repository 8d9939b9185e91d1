import { byId, makeButton } from "./dom.js";
import { forget } from "./network.js";
import { config, pageLanguage } from "./texts.js";

/**
 * Shows the way in: the languages by their own names, and for a browser that was here before, to go on. Nothing
 * of an earlier conversation is shown before that: the computer may be shared.
 * @param {{ begin: (language: string, name: string) => void, resume: () => void }} actions
 */
export function startStartView({ begin, resume }) {
  const known = byId("known", HTMLElement);
  known.hidden = !config.known;
  byId("resume", HTMLButtonElement).addEventListener("click", resume);
  byId("anew", HTMLButtonElement).addEventListener("click", async () => {
    if (!(await forget())) return;
    known.hidden = true;
    byId("languages", HTMLElement).querySelector("button")?.focus();
  });
  const first = config.languages.filter(({ code }) => code === pageLanguage());
  const others = config.languages.filter(({ code }) => code !== pageLanguage());
  const buttons = [...first, ...others].map(({ code, name, direction }) =>
    makeButton({ lang: code, dir: direction, class: "plain" }, name, () => begin(code, name)),
  );
  byId("languages", HTMLElement).replaceChildren(...buttons);
}
