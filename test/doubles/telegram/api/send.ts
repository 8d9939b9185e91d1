import type { Message } from "grammy/types";
import { badRequest } from "../api-error.ts";
import { type Chat, type Content, quoted } from "../chat.ts";
import { unixTime, type World } from "../world.ts";
import { readChat } from "./access.ts";
import { isObject, type Params } from "./params.ts";
import { type ReplyMarkup, readReplyMarkup } from "./reply-markup.ts";

/** Sends a message of any kind: checks markup, chat, reply and limits, then stores it. */
export function send(world: World, params: Params, content: Content, raw?: string): Message {
  const markup = readReplyMarkup(params);
  const chat = readChat(world, params);
  if (params.integer("message_thread_id", 0) > 0) throw badRequest("message thread not found");
  const replyTo = readReply(chat, params);
  if (world.options.limits) world.flood.take(chat, world.options.limits);
  const message: Message = {
    message_id: world.nextMessageId(chat),
    from: world.bot,
    chat: chat.info,
    date: unixTime(),
    ...(replyTo && { reply_to_message: replyTo }),
    ...content,
    ...(params.flag("protect_content") && { has_protected_content: true }),
    ...inlineKeyboard(markup),
  };
  if (markup?.type === "keyboard") chat.keyboard = markup;
  if (markup?.type === "remove") chat.keyboard = undefined;
  world.store(chat, message, raw);
  return message;
}

/** Returns the buttons as a message carries them; nothing when there are none. */
export function inlineKeyboard(markup: ReplyMarkup | undefined): Pick<Message, "reply_markup"> {
  const hasButtons = markup?.type === "inline" && markup.rows.length > 0;
  return hasButtons ? { reply_markup: { inline_keyboard: markup.rows } } : {};
}

function readReply(chat: Chat, params: Params): Message["reply_to_message"] {
  const given = params.json("reply_parameters", "reply parameters");
  if (given === undefined) return undefined;
  if (!isObject(given)) throw badRequest("Object expected as reply parameters");
  if (given.message_id === undefined) throw badRequest('Can\'t find field "message_id"');
  const stored = chat.messages.get(Number(given.message_id));
  if (stored && !stored.deleted) return quoted(stored);
  if (given.allow_sending_without_reply === true) return undefined;
  throw badRequest("message to be replied not found");
}
