import type { MessageEntity } from "grammy/types";
import { badRequest, notDoubled } from "../api-error.ts";
import { type FormattedText, parseHtml } from "../text/html.ts";
import { autoEntities, cleanText } from "../text/plain-text.ts";
import { isObject, type Params } from "./params.ts";

/** Reads a text with its parse_mode or entities, trimmed and with the entities Telegram finds by itself. */
export function readFormattedText(params: Params, textName: string, entitiesName: string): FormattedText {
  const source = cleanText(params.text(textName));
  if (Buffer.byteLength(source) > 32_768) throw badRequest("Text is too long");
  const mode = params.text("parse_mode").toLowerCase();
  const parsed =
    mode && mode !== "none" && source
      ? parse(source, mode)
      : { text: source, entities: givenEntities(params, entitiesName) };
  return withAutoEntities(trim(parsed));
}

function parse(source: string, mode: string): FormattedText {
  if (mode === "html") return parseHtml(source);
  if (mode === "markdown" || mode === "markdownv2") throw notDoubled(`parse_mode ${mode}`);
  throw badRequest("Unsupported parse_mode");
}

function givenEntities(params: Params, name: string): MessageEntity[] {
  const list = params.json(name, "entities");
  if (!Array.isArray(list)) return [];
  for (const entity of list) {
    if (!isObject(entity)) throw badRequest("Can't parse MessageEntity: expected an Object");
    const missing = ["type", "offset", "length"].find((field) => entity[field] === undefined);
    if (missing) throw badRequest(`Can't parse MessageEntity: Can't find field "${missing}"`);
  }
  return list;
}

function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  if (trimmed.length === text.length) return { text, entities };
  const lead = text.length - text.trimStart().length;
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(0, entity.offset - lead);
    const length = Math.min(entity.offset + entity.length - lead, trimmed.length) - offset;
    return length > 0 ? [{ ...entity, offset, length }] : [];
  });
  return { text: trimmed, entities: moved };
}

function withAutoEntities({ text, entities }: FormattedText): FormattedText {
  const isFree = (found: MessageEntity) =>
    !entities.some((other) => found.offset < other.offset + other.length && other.offset < found.offset + found.length);
  const added = autoEntities(text).filter(isFree);
  if (added.length === 0) return { text, entities };
  return { text, entities: [...entities, ...added].sort((a, b) => a.offset - b.offset || b.length - a.length) };
}
