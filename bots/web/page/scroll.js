import { byId } from "./dom.js";

/**
 * Brings what is new into view: its end, or where it does not fit, its beginning.
 * @param {Element | null} added
 */
export function showNewest(added) {
  if (!added) return;
  const bar = byId("bar", HTMLElement).offsetHeight;
  const top = added.getBoundingClientRect().top + scrollY - bar - 16;
  const end = document.documentElement.scrollHeight - innerHeight;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: Math.min(top, end), behavior: calm ? "instant" : "smooth" });
}
