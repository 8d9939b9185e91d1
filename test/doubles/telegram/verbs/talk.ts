import type { Message, Update } from "grammy/types";
import { z } from "zod";
import { type Chat, type Content, quoted } from "../chat.ts";
import { unixTime, type World } from "../world.ts";
import { contentKind, makeContent, textContent } from "./content.ts";
import { verb } from "./verb.ts";

/** What a person did, and where in the bot's calls that was: `after: seq` waits for the answer. */
export type Sent = { message_id: number; update_id: number | undefined; seq: number };

const where = { user: z.number(), chat: z.number().optional(), reply_to: z.number().optional() };

/** Has a person write words, to the bot or in a group. */
export const say = verb({ ...where, text: z.string() }, (world, args) => speak(world, args, textContent(args.text)));

/** Has a person open the bot, perhaps by a link with a payload. */
export const start = verb({ user: z.number(), payload: z.string().optional() }, (world, { user, payload }) =>
  speak(world, { user }, textContent(payload ? `/start ${payload}` : "/start")),
);

/** Has a person send something other than words. */
export const send = verb(
  {
    ...where,
    kind: contentKind,
    text: z.string().optional(),
    caption: z.string().optional(),
    file_name: z.string().optional(),
    phone_number: z.string().optional(),
  },
  (world, { kind, ...args }) => speak(world, args, makeContent(world, args.user, kind, args)),
);

/** Has a person change words they wrote. */
export const edit = verb(
  { user: z.number(), chat: z.number().optional(), message_id: z.number(), text: z.string() },
  (world, { user, chat: chatId = user, message_id, text }): Sent => {
    const chat = world.chat(chatId);
    const stored = chat.messages.get(message_id);
    if (stored?.message.from?.id !== user) throw new Error(`message ${message_id} is not of user ${user}`);
    const { entities: _, ...rest } = stored.message;
    const { user: from } = world.person(user);
    const edited = { ...rest, from, chat: chat.info, ...textContent(text), edit_date: unixTime() };
    stored.history.push({ text: stored.message.text, buttons: [], at: Date.now() });
    stored.message = edited;
    const { seq } = world.journal;
    const route = { queue: `chat ${chatId}`, chat: chatId };
    const pending = isSeenByBot(world, chat, edited) ? world.push("edited_message", edited, route) : undefined;
    return { message_id, update_id: pending?.id, seq };
  },
);

/** Has a person send a message of any content: stored in the chat, and delivered if the bot may see it. */
export function speak(
  world: World,
  args: { user: number; chat?: number | undefined; reply_to?: number | undefined },
  content: Content,
): Sent {
  const person = world.person(args.user);
  const chat = world.chat(args.chat ?? args.user);
  if (chat.type === "private") {
    if (chat.person !== person) throw new Error(`chat ${chat.id} is not of user ${args.user}`);
    if (person.blocked) throw new Error(`user ${args.user} has blocked the bot`);
    person.started = true;
  } else if (!chat.members.has(args.user)) throw new Error(`user ${args.user} is not in chat ${chat.id}`);
  const replyTo = args.reply_to === undefined ? undefined : chat.messages.get(args.reply_to);
  const message: Message & Update.NonChannel = {
    message_id: world.nextMessageId(chat),
    from: person.user,
    chat: chat.info,
    date: unixTime(),
    ...(replyTo && { reply_to_message: quoted(replyTo) }),
    ...content,
  };
  world.store(chat, message);
  const { seq } = world.journal;
  const route = { queue: `chat ${chat.id}`, chat: chat.id };
  const pending = isSeenByBot(world, chat, message) ? world.push("message", message, route) : undefined;
  return { message_id: message.message_id, update_id: pending?.id, seq };
}

function isSeenByBot(world: World, chat: Chat, message: Message): boolean {
  if (chat.type === "private") return true;
  if (chat.botStatus === "left" || chat.botStatus === "kicked") return false;
  if (!world.options.privacy || chat.botStatus === "administrator") return true;
  return message.text?.startsWith("/") === true || message.reply_to_message?.from?.id === world.bot.id;
}
