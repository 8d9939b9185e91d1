import type { Content, IncomingMessage, StaffAct } from "../../src/domain/channel.ts";
import { readContent } from "./content.ts";
import type { Rooms } from "./rooms.ts";
import { type Membership, type Message, type Press, update } from "./update.ts";

/** Why an update is not answered. */
export type Reason =
  /** Others read along: an answer would show them that somebody seeks help. */
  | "group"
  /** Two programs that answer each other never end. */
  | "bot"
  /** Pressed on a message outside our chats, which we never send. */
  | "inline"
  /** A button of ours can't have been pressed: it has no data, or in a group no card's. */
  | "button"
  /** Telegram's own message about the chat, or a live location that moved: nobody said anything. */
  | "service"
  /** A kind that we don't ask for, or a shape that we don't know. */
  | "unknown";

/** An update as we understand it. `press` is the id of a press, which must be answered in any case. */
export type Incoming =
  | { type: "message"; message: IncomingMessage; press?: string }
  | { type: "staffAct"; act: StaffAct; press: string }
  /** A staff group has become a supergroup with another id. */
  | { type: "moved"; address: string; to: number }
  | { type: "ignored"; reason: Reason; press?: string };

/** What is needed to understand an update: `now` is the time of its arrival (ms), for presses carry none. */
export type Around = { account: string; rooms: Rooms; now: number };

/** Reads an update of the Bot API. */
export function readUpdate(data: unknown, around: Around): Incoming {
  const { success, data: read } = update.safeParse(data);
  if (!success) return ignored("unknown");
  const id = `telegram:${around.account}:${read.update_id}`;
  if (read.message) return readMessage(read.message, id, around);
  if (read.callback_query) return readPress(read.callback_query, id, around);
  if (read.edited_message) return readEdited(read.edited_message, id, around);
  if (read.my_chat_member) return readMembership(read.my_chat_member, id, around);
  return ignored("unknown");
}

function readMessage(message: Message, id: string, around: Around): Incoming {
  const { chat, migrate_to_chat_id: to } = message;
  const address = around.rooms.addressOf(chat.id);
  if (to !== undefined && address !== undefined) return { type: "moved", address, to };
  if (chat.type !== "private") return ignored("group");
  if (message.from?.is_bot) return ignored("bot");
  const content = readContent(message);
  return content ? toMessage(message, id, content, message.date * 1000, around) : ignored("service");
}

function readEdited(message: Message, id: string, around: Around): Incoming {
  if (message.chat.type !== "private") return ignored("group");
  if (message.from?.is_bot) return ignored("bot");
  // A live location is "edited" with every step.
  if ("location" in message) return ignored("service");
  return toMessage(message, id, { type: "edited" }, (message.edit_date ?? message.date) * 1000, around);
}

function readPress({ id: press, from, message, data }: Press, id: string, around: Around): Incoming {
  if (!message) return ignored("inline", press);
  if (from.is_bot) return ignored("bot", press);
  if (data === undefined) return ignored("button", press);
  const { message_id: ref, chat } = message;
  if (chat.type !== "private") return readStaffPress(press, id, chat.id, data, from, around);
  const content: Content = { type: "press", data, ref: String(ref) };
  return { ...toMessage({ chat, from }, id, content, around.now, around), press };
}

function readStaffPress(
  press: string,
  id: string,
  chat: number,
  data: string,
  from: Press["from"],
  { account, rooms, now }: Around,
): Incoming {
  const room = rooms.addressOf(chat);
  if (room === undefined) return ignored("group", press);
  const code = /^claim:([A-Z0-9-]{1,16})$/.exec(data)?.[1];
  if (code === undefined) return ignored("button", press);
  const name = [from.first_name, from.last_name].filter(Boolean).join(" ");
  const by = { id: String(from.id), name };
  return { type: "staffAct", act: { channel: "telegram", id, account, room, at: now, act: "claim", code, by }, press };
}

function readMembership({ chat, date, new_chat_member: { status } }: Membership, id: string, around: Around): Incoming {
  // Of a group we hear with the next card whether we may write there.
  if (chat.type !== "private") return ignored("group");
  const content: Content = { type: status === "kicked" ? "blocked" : "unblocked" };
  return toMessage({ chat }, id, content, date * 1000, around);
}

function toMessage(
  { chat, from }: Pick<Message, "chat" | "from">,
  id: string,
  content: Content,
  at: number,
  { account }: Around,
): Incoming & { type: "message" } {
  const message: IncomingMessage = {
    channel: "telegram",
    id,
    account,
    address: String(chat.id),
    at,
    content,
    ...(from?.language_code !== undefined && { languageHint: from.language_code }),
  };
  return { type: "message", message };
}

function ignored(reason: Reason, press?: string): Incoming {
  return press === undefined ? { type: "ignored", reason } : { type: "ignored", reason, press };
}
