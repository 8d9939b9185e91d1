import { byId } from "./dom.js";

/**
 * Brings what is new into view: its end, or where it does not fit, its beginning.
 * @param {Element | null} added
 */
export function showNewest(added) {
  if (!added) return;
  const sticks = !document.documentElement.classList.contains("cramped");
  const bar = sticks ? byId("bar", HTMLElement).offsetHeight : 0;
  const top = added.getBoundingClientRect().top + scrollY - bar - 16;
  const end = document.documentElement.scrollHeight - innerHeight;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollTo({ top: Math.min(top, end), behavior: calm ? "instant" : "smooth" });
}

/**
 * Lets the bar and the input scroll away where they would take too much of the window: with large letters, or in a
 * low window.
 */
export function keepRoom() {
  const bar = byId("bar", HTMLElement);
  const foot = byId("foot", HTMLElement);
  const look = () => {
    const cramped = bar.offsetHeight > innerHeight / 4 || bar.offsetHeight + foot.offsetHeight > innerHeight / 2;
    document.documentElement.classList.toggle("cramped", cramped);
  };
  const observer = new ResizeObserver(look);
  observer.observe(bar);
  observer.observe(foot);
  window.addEventListener("resize", look);
}
