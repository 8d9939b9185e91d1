import type { MessageEntity } from "grammy/types";
import { readEndTag, readReference, readStartTag, unparsable } from "./html-tags.ts";
import { linkFault } from "./links.ts";

/** A text without its markup, and where the markup applied (UTF-16 units). */
export type FormattedText = { text: string; entities: MessageEntity[] };

type OpenTag = { name: string; argument: string; offset: number };

const plainTags: Record<string, "bold" | "italic" | "underline" | "strikethrough" | "spoiler"> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  span: "spoiler",
  "tg-spoiler": "spoiler",
};

/** Parses `parse_mode: HTML`. Throws a 400 with Telegram's reason and the byte where the fault is. */
export function parseHtml(source: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const special = source.slice(at).search(/[<&]/);
    const next = special < 0 ? source.length : at + special;
    text += source.slice(at, next);
    at = next;
    if (source[at] === "&") {
      const reference = readReference(source, at);
      text += reference?.char ?? "&";
      at = reference?.end ?? at + 1;
    } else if (source.startsWith("</", at)) {
      at = readEndTag(source, at, open.at(-1)?.name);
      const tag = open.pop();
      if (tag) addEntity(entities, tag, text, open.at(-1)?.name);
    } else if (source[at] === "<") {
      const { end, ...tag } = readStartTag(source, at);
      open.push({ ...tag, offset: text.length });
      at = end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities };
}

function addEntity(
  entities: MessageEntity[],
  { name, argument, offset }: OpenTag,
  text: string,
  parent?: string,
): void {
  const length = text.length - offset;
  if (length === 0) return;
  const span = { offset, length };
  const plain = plainTags[name];
  if (plain) entities.push({ type: plain, ...span });
  else if (name === "blockquote") entities.push({ type: argument ? "expandable_blockquote" : "blockquote", ...span });
  else if (name === "a") addLink(entities, span, argument || text.slice(offset));
  else if (name === "code" && parent === "pre" && argument) entities.push({ type: "pre", language: argument, ...span });
  else if (name === "code") entities.push({ type: "code", ...span });
  else if (name === "pre") addPre(entities, span);
}

// <pre><code class="language-x"> is one block of code with a language, not two entities.
function addPre(entities: MessageEntity[], span: { offset: number; length: number }): void {
  const last = entities.at(-1);
  const isSame = last?.type === "pre" && last.offset === span.offset && last.length === span.length;
  if (!isSame) entities.push({ type: "pre", ...span });
}

function addLink(entities: MessageEntity[], span: { offset: number; length: number }, url: string): void {
  const person = /^tg:\/\/user\?id=(\d+)/i.exec(url);
  if (person) {
    const user = { id: Number(person[1]), is_bot: false, first_name: "user" };
    entities.push({ type: "text_mention", ...span, user });
  } else if (url && !linkFault(url)) entities.push({ type: "text_link", ...span, url });
}
