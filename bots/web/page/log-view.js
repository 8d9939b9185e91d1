/** @import { Entry, Mine, Transcript } from "./transcript.js" */
/** @import { PageMessage } from "../wire.ts" */
/** @import { PageKey } from "../texts.ts" */
import { blockToNode, byId, elsewhere, make } from "./dom.js";
import { text } from "./texts.js";
import { toBlocks } from "./words.js";

// More of one's own words would push what is said about them out of sight.
const longest = 300;

/** Shows the conversation. Only what changed is touched, so that screen readers read it once. */
export class LogView {
  #log = byId("log", HTMLElement);
  /** @type {Map<string, { node: HTMLElement, shown: string }>} */
  #nodes = new Map();
  #first = true;

  /**
   * @param {Transcript} transcript
   * @returns {Element | undefined} The first bubble that is new; after a reload the latest.
   */
  show({ entries }) {
    const visible = entries.filter((entry) => entry.from === "them" || entry.label);
    // What was there before a reload is not news.
    if (this.#first && visible.length > 1) this.#log.setAttribute("aria-busy", "true");
    const keys = new Set(visible.map(({ key }) => key));
    for (const [key, { node }] of this.#nodes) {
      if (keys.has(key)) continue;
      node.remove();
      this.#nodes.delete(key);
    }
    /** @type {HTMLElement | undefined} */
    let added;
    for (const entry of visible) {
      const fresh = this.#showEntry(entry);
      added ??= fresh;
    }
    if (!this.#first || visible.length === 0) return added;
    this.#first = false;
    requestAnimationFrame(() => this.#log.removeAttribute("aria-busy"));
    return this.#log.lastElementChild ?? undefined;
  }

  /** @param {Entry} entry */
  #showEntry(entry) {
    const { text: words, links, language } = entry.from === "them" ? entry.message : toShown(entry);
    const shown = JSON.stringify([words, links, language, entry.from === "me" && [entry.state, entry.error]]);
    const known = this.#nodes.get(entry.key);
    if (known?.shown === shown) return undefined;
    const node = known?.node ?? make("div", { class: `entry ${entry.from}` });
    node.replaceChildren(...(entry.from === "them" ? theirs(entry.message) : mine(entry)));
    this.#nodes.set(entry.key, { node, shown });
    if (known) return undefined;
    this.#log.append(node);
    return node;
  }
}

/** @param {Mine} entry */
function toShown({ label }) {
  return { text: label, links: [], language: "" };
}

/** @param {PageMessage} message */
function theirs(message) {
  const blocks = toBlocks(message.text).map(blockToNode);
  const links = message.links
    .filter(({ url }) => /^https?:/.test(url))
    .map(({ label, url }) => make("a", { class: "link", href: url, ...elsewhere }, label));
  const said = make("div", { class: "bubble", lang: message.language, dir: message.direction }, ...blocks, ...links);
  return [make("span", { class: "hidden" }, `${text("web.from.assistant")}: `), said];
}

/** @param {Mine} entry */
function mine(entry) {
  const signs = [...entry.label];
  const label = signs.length > longest ? `${signs.slice(0, longest).join("").trimEnd()} …` : entry.label;
  const lines = label.split("\n").flatMap((line, index) => (index === 0 ? [line] : [make("br", {}), line]));
  const said = make("div", { class: "bubble", dir: "auto" }, make("p", {}, ...lines));
  const nodes = [make("span", { class: "hidden" }, `${text("web.from.person")}: `), said];
  const state = toState(entry);
  if (!state) return nodes;
  // That it waits is told by the connection's state; read with each message, it would be noise.
  const quiet = entry.state === "waiting" ? { "aria-hidden": "true" } : {};
  return [...nodes, make("p", { class: `state ${entry.state}`, ...quiet }, text(state))];
}

/**
 * @param {Mine} entry
 * @returns {PageKey | undefined}
 */
function toState({ state, error }) {
  if (state === "sent") return undefined;
  if (state === "waiting") return "web.waiting";
  return error === "tooLong" ? "web.tooLong" : "web.failed";
}
