import { badRequest, forbidden } from "../api-error.ts";
import type { Chat, GroupChat, PrivateChat, StoredMessage } from "../chat.ts";
import type { World } from "../world.ts";
import type { Params } from "./params.ts";

/** What the bot wants with a chat: look at it, change something in it, or send something new. */
export type Access = "read" | "edit" | "write";

/** Returns the chat of `chat_id`, or throws the error that Telegram has for this bot and chat. */
export function readChat(world: World, params: Params, access: Access = "write"): Chat {
  const id = params.text("chat_id");
  if (id === "") throw badRequest("chat_id is empty");
  const chat = world.chats.get(Number(id));
  if (!chat) throw badRequest("chat not found");
  if (chat.type === "private") checkPerson(world, chat, access);
  else checkGroup(chat, access);
  return chat;
}

/** Returns the message of `message_id` and its chat; `what` begins the error when there is none. */
export function readMessage(world: World, params: Params, what: string): [Chat, StoredMessage] {
  const chat = readChat(world, params, "edit");
  const stored = chat.messages.get(params.integer("message_id", 0));
  if (!stored || stored.deleted) throw badRequest(`${what} not found`);
  return [chat, stored];
}

function checkPerson(world: World, { id, person }: PrivateChat, access: Access): void {
  if (!person.started) {
    const isMet = [...world.chats.values()].some((chat) => chat.type !== "private" && chat.members.has(id));
    if (!isMet) throw badRequest("chat not found");
    if (access !== "read") throw forbidden("bot can't initiate conversation with a user");
  }
  if (access === "read") return;
  if (person.deactivated) throw forbidden("user is deactivated");
  if (person.blocked) throw forbidden("bot was blocked by the user");
}

function checkGroup({ type, botStatus, migratedTo }: GroupChat, access: Access): void {
  if (migratedTo !== undefined && access !== "read")
    throw badRequest("group chat was upgraded to a supergroup chat", { migrate_to_chat_id: migratedTo });
  if (botStatus === "kicked") throw forbidden(`bot was kicked from the ${type} chat`);
  if (botStatus === "left") throw forbidden(`bot is not a member of the ${type} chat`);
}
