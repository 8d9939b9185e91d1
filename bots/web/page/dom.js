/** @import { Block, Piece } from "./words.js" */

/**
 * Finds an element that the page has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return found;
}

/**
 * Makes an element. Children are nodes or text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Makes a button.
 * @param {Record<string, string>} attributes
 * @param {string} label
 * @param {() => void} press
 */
export function makeButton(attributes, label, press) {
  const button = make("button", { type: "button", ...attributes }, label);
  button.addEventListener("click", press);
  return button;
}

/** @param {Block} block */
export function blockToNode(block) {
  if (block.type === "list") {
    return make("ul", {}, ...block.items.map((pieces) => make("li", {}, ...pieces.map(pieceToNode))));
  }
  const lines = block.lines.flatMap((pieces, index) => {
    const nodes = pieces.map(pieceToNode);
    return index === 0 ? nodes : [make("br", {}), ...nodes];
  });
  return make("p", {}, ...lines);
}

/** @param {Piece} piece */
function pieceToNode(piece) {
  if (piece.type === "text") return document.createTextNode(piece.text);
  if (piece.type === "strong") return make("strong", {}, piece.text);
  // Addresses and numbers run from left to right in every language.
  const attributes = { href: piece.href, dir: "ltr" };
  return make("a", piece.href.startsWith("tel:") ? attributes : { ...attributes, ...elsewhere }, piece.text);
}

/** How links open that lead away: the talk stays. */
export const elsewhere = { target: "_blank", rel: "noopener noreferrer" };
