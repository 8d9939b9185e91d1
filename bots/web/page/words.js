/**
 * @typedef {{ type: "text", text: string } | { type: "strong", text: string }
 *   | { type: "link", text: string, href: string }} Piece
 * @typedef {{ type: "lines", lines: Piece[][] } | { type: "list", items: Piece[][] }} Block
 */

/**
 * Cuts a message's text into blocks: lines, and lists from lines that begin with a bullet.
 * @param {string} text
 * @returns {Block[]}
 */
export function toBlocks(text) {
  /** @type {Block[]} */
  const blocks = [];
  let open = false;
  for (const line of text.split("\n")) {
    const last = open ? blocks.at(-1) : undefined;
    const bullet = /^\s*[•·-] (.*)$/.exec(line);
    open = line.trim() !== "";
    if (!open) continue;
    // A section sign never stands alone at the end of a line.
    const pieces = toPieces((bullet?.[1] ?? line).replaceAll(/(§§?) (?=\d)/g, "$1\u00a0"));
    if (bullet && last?.type === "list") last.items.push(pieces);
    else if (bullet) blocks.push({ type: "list", items: [pieces] });
    else if (last?.type === "lines") last.lines.push(pieces);
    else blocks.push({ type: "lines", lines: [pieces] });
  }
  return blocks;
}

/**
 * Cuts a line into words, bold words and links.
 * @param {string} line
 * @returns {Piece[]}
 */
export function toPieces(line) {
  return line.split(/\*\*(.+?)\*\*/).flatMap((part, index) => (index % 2 === 1 ? toStrong(part) : toLinked(part)));
}

/**
 * @param {string} text
 * @returns {Piece[]}
 */
function toStrong(text) {
  const pieces = toLinked(text);
  // A number in bold is still there to be called.
  return pieces.some(({ type }) => type === "link") ? pieces : [{ type: "strong", text }];
}

const url = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/;
// Numbers with a code in front, and the short ones that are always free: 110, 112, 116 117 and their like.
// Postcodes, years and times are none: they do not begin with 0 or +.
const phone = /(?<![\d\p{L}.,/-])(?:(?:\+|00?)[1-9]\d*(?:[ /-]?\d+)+|11[02]|116 ?\d{3})(?![\d\p{L}])/u;
const linked = new RegExp(`(${url.source})|(${phone.source})`, "gu");

/**
 * @param {string} text
 * @returns {Piece[]}
 */
function toLinked(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(linked)) {
    const [found, address] = match;
    const digits = found.replaceAll(/[^\d+]/g, "");
    const isShort = /^11/.test(digits);
    if (!address && !isShort && digits.length < 7) continue;
    if (match.index > end) pieces.push({ type: "text", text: text.slice(end, match.index) });
    pieces.push({ type: "link", text: found, href: address ?? `tel:${digits}` });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ type: "text", text: text.slice(end) });
  return pieces;
}
