import type { InlineKeyboardButton } from "grammy/types";
import { z } from "zod";
import type { Chat, StoredMessage } from "../chat.ts";
import type { World } from "../world.ts";
import { makeContent, textContent } from "./content.ts";
import { type Sent, speak } from "./talk.ts";
import { verb } from "./verb.ts";

/** A press that reached the bot, a button that only opens something, or a key that made the person speak. */
export type Pressed =
  | (Sent & { type: "callback"; callback_query_id: string; data: string })
  | { type: "opened"; url: string; seq: number }
  | (Sent & { type: "spoken" });

type Target = { stored: StoredMessage; button: InlineKeyboardButton };

/**
 * Has a person press a button, by its label (whole, or else a part of it) or its data, on the newest message that has
 * it or on a given one. With `message_id`, data that no button has is sent too, as a forged client can.
 */
export const press = verb(
  {
    user: z.number(),
    chat: z.number().optional(),
    label: z.string().optional(),
    data: z.string().optional(),
    message_id: z.number().optional(),
  },
  (world, { user, chat: chatId = user, ...wanted }): Pressed => {
    const chat = world.chat(chatId);
    const target = findTarget(chat, wanted);
    if (target && "url" in target.button) return { type: "opened", url: target.button.url, seq: world.journal.seq };
    if (target && "callback_data" in target.button)
      return pushPress(world, chat, user, target.stored, target.button.callback_data);
    const key = chat.keyboard?.rows
      .flat()
      .find(({ text }) => wanted.label !== undefined && text.includes(wanted.label));
    if (!key) throw new Error(`no button ${JSON.stringify(wanted)} in chat ${chatId}; there are ${labels(chat)}`);
    if (chat.keyboard?.oneTime) chat.keyboard = undefined;
    const shared = key.request_contact ? "contact" : key.request_location ? "location" : undefined;
    const content = shared ? makeContent(world, user, shared, {}) : textContent(key.text);
    return { type: "spoken", ...speak(world, { user, chat: chatId }, content) };
  },
);

function findTarget(
  chat: Chat,
  {
    label,
    data,
    message_id,
  }: { label?: string | undefined; data?: string | undefined; message_id?: number | undefined },
): Target | undefined {
  const given = message_id === undefined ? undefined : chat.messages.get(message_id);
  if (message_id !== undefined && !given) throw new Error(`no message ${message_id} in chat ${chat.id}`);
  const messages = given ? [given] : [...chat.messages.values()].filter((stored) => !stored.deleted).reverse();
  const find = (fits: (button: InlineKeyboardButton) => boolean): Target | undefined => {
    for (const stored of messages) {
      const button = stored.message.reply_markup?.inline_keyboard.flat().find(fits);
      if (button) return { stored, button };
    }
    return undefined;
  };
  if (data !== undefined) {
    const forged = given && { stored: given, button: { text: "", callback_data: data } };
    return find((button) => "callback_data" in button && button.callback_data === data) ?? forged;
  }
  if (label === undefined) throw new Error("press needs a label or data");
  return find(({ text }) => text === label) ?? find(({ text }) => text.includes(label));
}

function pushPress(world: World, chat: Chat, user: number, { message }: StoredMessage, data: string): Pressed {
  const id = String(4_000_000_000_000_000 + world.next("press"));
  const { message_id: messageId } = message;
  const press = { id, chat: chat.id, user, messageId, data, at: Date.now(), answer: undefined };
  world.presses.set(id, press);
  chat.presses.push(press);
  const { seq } = world.journal;
  const query = { id, from: world.person(user).user, message, chat_instance: `${chat.id}`, data };
  const route = { queue: `presses ${user}`, chat: chat.id, lifeMs: world.options.pressLifeMs };
  const pending = world.push("callback_query", query, route);
  return { type: "callback", message_id: messageId, update_id: pending?.id, seq, callback_query_id: id, data };
}

function labels(chat: Chat): string {
  const inline = [...chat.messages.values()].flatMap(
    (stored) => stored.message.reply_markup?.inline_keyboard.flat() ?? [],
  );
  return JSON.stringify([...inline, ...(chat.keyboard?.rows.flat() ?? [])].slice(-30).map((button) => button.text));
}
