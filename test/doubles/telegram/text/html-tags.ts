import { badRequest } from "../api-error.ts";

/** A start tag that was read; `argument` is its href, language or "expandable", `end` the index behind it. */
export type StartTag = { name: string; argument: string; end: number };

const tags = new Set("a b strong i em s strike del u ins tg-spoiler span pre code blockquote".split(" "));
const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };
const space = /[ \t\r\n\0\v]/;

/** Refuses a formatted text the way Telegram does. */
export function unparsable(reason: string) {
  return badRequest(`Can't parse entities: ${reason}`);
}

/** Telegram counts the place of a fault in bytes. */
export function byteOffset(source: string, index: number): number {
  return Buffer.byteLength(source.slice(0, index));
}

/** Reads a character reference at an `&`; undefined when it is only an ampersand. */
export function readReference(source: string, at: number): { char: string; end: number } | undefined {
  const match = /^&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));?/i.exec(source.slice(at, at + 12));
  if (!match) return undefined;
  const [whole, hex, decimal, name] = match;
  const end = at + whole.length;
  if (name !== undefined) {
    const char = named[name];
    return char === undefined ? undefined : { char, end };
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code < 0x10ffff && whole.length < 11 ? { char: String.fromCodePoint(code), end } : undefined;
}

/** Reads the start tag at a `<`, with its attributes. Throws a 400 for what Telegram does not know. */
export function readStartTag(source: string, begin: number): StartTag {
  const place = () => `at byte offset ${byteOffset(source, begin)}`;
  let at = skipUntil(source, begin + 1, (char) => space.test(char) || char === ">");
  if (at >= source.length) throw unparsable(`Unclosed start tag ${place()}`);
  const name = source.slice(begin + 1, at).toLowerCase();
  if (!tags.has(name)) throw unparsable(`Unsupported start tag "${name}" ${place()}`);
  let argument = "";
  for (;;) {
    at = skipUntil(source, at, (char) => !space.test(char));
    if (source[at] === ">") break;
    const attribute = readAttribute(source, at, name, place);
    at = attribute.end;
    argument = argumentOf(name, attribute.name, attribute.value) ?? argument;
  }
  if (name === "span" && argument !== "spoiler") throw unparsable(`Tag "span" must have class "tg-spoiler" ${place()}`);
  return { name, argument, end: at + 1 };
}

/** Reads the end tag at a `</` that must close the given tag; returns the index behind it. */
export function readEndTag(source: string, begin: number, open: string | undefined): number {
  const place = `at byte offset ${byteOffset(source, begin)}`;
  if (open === undefined) throw unparsable(`Unexpected end tag ${place}`);
  const nameEnd = skipUntil(source, begin + 2, (char) => space.test(char) || char === ">");
  const name = source.slice(begin + 2, nameEnd).toLowerCase();
  const at = skipUntil(source, nameEnd, (char) => !space.test(char));
  if (source[at] !== ">") throw unparsable(`Unclosed end tag ${place}`);
  if (name && name !== open) throw unparsable(`Unmatched end tag ${place}, expected "</${open}>", found "</${name}>"`);
  return at + 1;
}

function readAttribute(source: string, begin: number, tag: string, place: () => string) {
  const nameEnd = skipUntil(source, begin, (char) => space.test(char) || "=>/\"'".includes(char));
  const name = source.slice(begin, nameEnd);
  if (!name) {
    if (begin >= source.length) throw unparsable(`Unclosed start tag "${tag}" ${place()}`);
    throw unparsable(`Empty attribute name in the tag "${tag}" ${place()}`);
  }
  let at = skipUntil(source, nameEnd, (char) => !space.test(char));
  if (at >= source.length) throw unparsable(`Unclosed start tag "${tag}" ${place()}`);
  if (source[at] !== "=") return { name, value: undefined, end: at };
  at = skipUntil(source, at + 1, (char) => !space.test(char));
  const quote = source[at];
  if (quote !== '"' && quote !== "'") {
    const end = skipUntil(source, at, (char) => !/[A-Za-z0-9.-]/.test(char));
    if (end < source.length && !/[ \t\r\n\0\v>]/.test(source.charAt(end)))
      throw unparsable(`Unexpected end of name token at byte offset ${byteOffset(source, at)}`);
    return { name, value: source.slice(at, end).toLowerCase(), end };
  }
  let value = "";
  for (at++; at < source.length && source[at] !== quote; ) {
    const reference = source[at] === "&" ? readReference(source, at) : undefined;
    value += reference?.char ?? source[at];
    at = reference?.end ?? at + 1;
  }
  if (at >= source.length) throw unparsable(`Unclosed start tag ${place()}`);
  return { name, value, end: at + 1 };
}

function argumentOf(tag: string, attribute: string, value: string | undefined): string | undefined {
  if (tag === "blockquote" && attribute === "expandable") return "expandable";
  if (tag === "a" && attribute === "href") return value;
  if (tag === "code" && attribute === "class" && value?.startsWith("language-")) return value.slice(9);
  if (tag === "span" && attribute === "class" && value?.startsWith("tg-")) return value.slice(3);
  return undefined;
}

function skipUntil(source: string, from: number, stop: (char: string) => boolean): number {
  let at = from;
  while (at < source.length && !stop(source.charAt(at))) at++;
  return at;
}
