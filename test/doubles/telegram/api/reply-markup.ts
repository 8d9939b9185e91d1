import type { InlineKeyboardButton } from "grammy/types";
import { badRequest } from "../api-error.ts";
import { linkFault } from "../text/links.ts";
import { isObject, type Params } from "./params.ts";

/** A button below a message; the double knows three kinds. */
export type InlineButton =
  | InlineKeyboardButton.CallbackButton
  | InlineKeyboardButton.UrlButton
  | InlineKeyboardButton.CopyTextButtonButton;

/** A button instead of the letters' keyboard; it makes the person say its text, or share something. */
export type KeyboardButton = { text: string; request_contact?: boolean; request_location?: boolean };

/** What comes with a message: buttons below it, a keyboard instead of the letters, or the end of such a keyboard. */
export type ReplyMarkup =
  | { type: "inline"; rows: InlineButton[][] }
  | { type: "keyboard"; rows: KeyboardButton[][]; oneTime: boolean }
  | { type: "remove" }
  | { type: "force" };

/** Reads and checks `reply_markup`. Throws a 400 in Telegram's words; undefined when there is none. */
export function readReplyMarkup(params: Params): ReplyMarkup | undefined {
  const value = params.json("reply_markup", "reply keyboard markup");
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest("Object expected as reply markup");
  if (value.inline_keyboard !== undefined) {
    const rows = readRows(value.inline_keyboard, "inline_keyboard").map((row) => row.map(readInlineButton));
    checkCount(rows.flat().length, 100);
    return { type: "inline", rows: rows.filter((row) => row.length > 0) };
  }
  if (value.keyboard !== undefined) {
    const rows = readRows(value.keyboard, "keyboard").map((row) => row.map(readKeyboardButton));
    checkCount(rows.flat().length, 300);
    return { type: "keyboard", rows, oneTime: value.one_time_keyboard === true };
  }
  if (value.remove_keyboard === true) return { type: "remove" };
  return value.force_reply === true ? { type: "force" } : undefined;
}

function readRows(value: unknown, field: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`Field "${field}" must be of type Array`);
  const owner = field === "keyboard" ? "" : " of the InlineKeyboardMarkup";
  if (!value.every(Array.isArray)) throw badRequest(`Field "${field}"${owner} must be an Array of Arrays`);
  return value;
}

function checkCount(count: number, most: number): void {
  if (count > most) throw badRequest("reply markup is too long");
}

function readInlineButton(value: unknown): InlineButton {
  const refuse = (reason: string) => badRequest(`Can't parse inline keyboard button: ${reason}`);
  if (!isObject(value)) throw refuse("InlineKeyboardButton must be an Object");
  for (const field of ["text", "url", "callback_data"])
    if (!["string", "number", "undefined"].includes(typeof value[field]))
      throw refuse(`Field "${field}" must be of type String`);
  if (value.text === undefined) throw refuse('Can\'t find field "text"');
  const text = String(value.text);
  if (!text.trim()) throw badRequest("Inline keyboard button text must be non-empty");
  if (value.url) return { text, url: checkUrl(String(value.url)) };
  if (value.callback_data) return { text, callback_data: checkData(String(value.callback_data)) };
  if (isObject(value.copy_text)) return { text, copy_text: { text: String(value.copy_text.text) } };
  throw refuse("Text buttons are unallowed in the inline keyboard");
}

function checkUrl(url: string): string {
  const fault = linkFault(url);
  if (fault) throw badRequest(`Inline keyboard button URL '${url}' is invalid: ${fault}`);
  return url;
}

function checkData(data: string): string {
  if (Buffer.byteLength(data) > 64) throw badRequest("BUTTON_DATA_INVALID");
  return data;
}

function readKeyboardButton(value: unknown): KeyboardButton {
  const button = typeof value === "string" ? { text: value } : value;
  if (!isObject(button)) throw badRequest("Can't parse keyboard button: KeyboardButton must be a String or an Object");
  if (typeof button.text !== "string") throw badRequest("Can't parse keyboard button: Can't find field \"text\"");
  if (!button.text.trim()) throw badRequest("Keyboard button text must be non-empty");
  return {
    text: button.text,
    ...(button.request_contact === true && { request_contact: true }),
    ...(button.request_location === true && { request_location: true }),
  };
}
