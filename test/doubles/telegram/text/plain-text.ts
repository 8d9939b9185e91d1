import type { MessageEntity } from "grammy/types";

const patterns = [
  String.raw`(?<bot_command>(?<![\w/])\/\w{1,32}(?:@\w{3,32})?(?![\w/]))`,
  String.raw`(?<url>\bhttps?:\/\/[^\s<>"]+)`,
  String.raw`(?<email>[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)`,
  String.raw`(?<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)`,
  String.raw`(?<hashtag>(?<![\w#])#[\p{L}\p{N}_]+)`,
  String.raw`(?<phone_number>(?<![\w+])\+\d[\d\s()-]{6,18}\d)`,
];
const anything = new RegExp(patterns.join("|"), "gu");
type Found = "bot_command" | "url" | "email" | "mention" | "hashtag" | "phone_number";

/** Finds what Telegram itself marks in any text: commands, links, addresses, mentions, hashtags, phone numbers. */
export function autoEntities(text: string): MessageEntity[] {
  if (!/[/@#+]/.test(text)) return [];
  return [...text.matchAll(anything)].flatMap((match) => {
    const [type] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    return type ? [{ type: type as Found, offset: match.index, length: match[0].length }] : [];
  });
}

/** Takes out of a text what Telegram lets nobody send: control characters but the line feed, and U+2028 to U+202E. */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\r\u2028-\u202e]/g, "").replace(/[\0-\x09\x0b-\x1f]/g, " ");
}
