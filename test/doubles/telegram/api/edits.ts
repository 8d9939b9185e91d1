import type { Message } from "grammy/types";
import { badRequest } from "../api-error.ts";
import type { StoredMessage } from "../chat.ts";
import { unixTime, type World } from "../world.ts";
import { readMessage } from "./access.ts";
import { readFormattedText } from "./formatted-text.ts";
import type { Method, Params } from "./params.ts";
import { readReplyMarkup } from "./reply-markup.ts";
import { inlineKeyboard } from "./send.ts";

/** Changes text and buttons of a message; without `reply_markup` the buttons go. */
export const editMessageText: Method = (world, params) => {
  if (!params.text("text")) throw badRequest("Message text is empty");
  const { text, entities } = readFormattedText(params, "text", "entities");
  return edit(world, params, ({ message }) => {
    if (message.text === undefined) throw badRequest("there is no text in the message to edit");
    if (!text) throw badRequest("text must be non-empty");
    if (text.length > 4096) throw badRequest("MESSAGE_TOO_LONG");
    const { entities: _, ...rest } = message;
    return { ...rest, text, ...(entities.length > 0 && { entities }) };
  });
};

/** Changes or takes away the buttons of a message. */
export const editMessageReplyMarkup: Method = (world, params) => edit(world, params, ({ message }) => message);

function edit(world: World, params: Params, change: (stored: StoredMessage) => Message): Message {
  if (!params.text("chat_id") && !params.text("message_id")) throw badRequest("Message identifier is not specified");
  const markup = readReplyMarkup(params);
  const [, stored] = readMessage(world, params, "message to edit");
  if (stored.message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  if (markup && markup.type !== "inline") throw badRequest("Inline keyboard expected");
  const { reply_markup: _, ...changed } = change(stored);
  const next: Message = { ...changed, ...inlineKeyboard(markup) };
  if (content(next) === content(stored.message))
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  stored.history.push({
    text: stored.message.text ?? stored.message.caption,
    buttons: stored.message.reply_markup?.inline_keyboard.map((row) => row.map((button) => button.text)) ?? [],
    at: Date.now(),
  });
  stored.message = { ...next, edit_date: unixTime() };
  if (params.text("text")) stored.raw = params.text("text");
  return stored.message;
}

function content({ text, entities, caption, reply_markup }: Message): string {
  return JSON.stringify([text, entities ?? [], caption, reply_markup ?? null]);
}
