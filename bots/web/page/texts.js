/** @import { PageConfig, PageKey } from "../texts.ts" */

/** @type {PageConfig} */
export const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");

/** How the page's frame marks what is a text. @type {[string, (element: Element, text: string) => void][]} */
const markers = [
  ["text", (element, text) => element.replaceChildren(text)],
  ["label", (element, text) => element.setAttribute("aria-label", text)],
  ["placeholder", (element, text) => element.setAttribute("placeholder", text)],
];

let language = config.language;
let texts = config.texts;

/**
 * A text of the page in its present language.
 * @param {PageKey} key
 */
export function text(key) {
  return texts[key];
}

/** The page's present language. */
export function pageLanguage() {
  return language;
}

/**
 * Puts the page into another language. Without a connection it stays as it is, until the next call.
 * @param {string} wanted
 * @returns {Promise<boolean>} Whether it has changed.
 */
export async function setLanguage(wanted) {
  const known = config.languages.find(({ code }) => code === wanted);
  if (!known || wanted === language) return false;
  try {
    const response = await fetch(`/chat/texts/${config.version}/${wanted}`);
    if (!response.ok) return false;
    texts = await response.json();
  } catch {
    return false;
  }
  language = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = known.direction;
  for (const [marker, put] of markers) {
    for (const element of document.querySelectorAll(`[data-${marker}]`)) {
      put(element, text(/** @type {PageKey} */ (element.getAttribute(`data-${marker}`))));
    }
  }
  return true;
}
