import type { InlineKeyboardMarkup } from "grammy/types";
import type { RenderedMessage } from "../../src/domain/prompt.ts";
import { direct } from "./direction.ts";
import { toHtml } from "./html.ts";
import { isOpenable, toKeyboard } from "./keyboard.ts";

/** What sendMessage and editMessageText have in common. */
export type Body = {
  text: string;
  parse_mode: "HTML";
  link_preview_options: { is_disabled: true };
  reply_markup?: InlineKeyboardMarkup;
};

/** UTF-16 units of one message, and of what stands below a file, without markup. */
const longestText = 4096;
export const longestCaption = 1024;

/** Turns a message into what the Bot API takes: one body, or several for a long text, the last one with the buttons. */
export function toBodies(message: RenderedMessage, longest = longestText): Body[] {
  const keyboard = toKeyboard(message);
  const pieces = toHtml(direct(withLinks(message), message.direction), longest);
  return pieces.map((text, index) => ({
    text,
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
    ...(index === pieces.length - 1 && keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
  }));
}

function withLinks({ text, links }: RenderedMessage): string {
  const lines = links.filter((link) => !isOpenable(link)).map(({ label, url }) => `${label}: ${url}`);
  return [text, ...lines].join("\n");
}
