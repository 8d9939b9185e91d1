import type { Message, User } from "grammy/types";
import type { KeyboardButton } from "./api/reply-markup.ts";

/** Somebody with the app in their hands. */
export type Person = { user: User; started: boolean; blocked: boolean; deactivated: boolean };

/** A message with what the wire does not say: the markup it was sent with, and what it was before. */
export type StoredMessage = {
  message: Message;
  raw: string | undefined;
  history: { text: string | undefined; buttons: string[][]; at: number }[];
  deleted: boolean;
};

/** A press on a button, and the toast or alert that answered it. */
export type Press = {
  id: string;
  chat: number;
  user: number;
  messageId: number;
  data: string;
  at: number;
  answer: { text: string; alert: boolean; at: number } | undefined;
};

/** What a message is about, without who sent it where and when. */
export type Content = Partial<Omit<Message, "message_id" | "chat" | "from" | "date">>;

type ChatBase = {
  id: number;
  messages: Map<number, StoredMessage>;
  presses: Press[];
  keyboard: { rows: KeyboardButton[][]; oneTime: boolean } | undefined;
  actions: number;
  /** When the oldest update that the bot has not reacted to was created (ms). */
  waitingSince: number | undefined;
};

export type MemberStatus = "creator" | "administrator" | "member" | "left" | "kicked";

export type PrivateChat = ChatBase & {
  type: "private";
  info: { id: number; type: "private"; first_name: string; last_name?: string; username?: string };
  person: Person;
};

export type GroupChat = ChatBase & {
  type: "group" | "supergroup";
  info: { id: number; type: "group"; title: string } | { id: number; type: "supergroup"; title: string };
  members: Map<number, MemberStatus>;
  botStatus: MemberStatus;
  migratedTo: number | undefined;
};

export type Chat = PrivateChat | GroupChat;

/** Makes what every chat starts with. */
export function emptyChat(id: number): ChatBase {
  return { id, messages: new Map(), presses: [], keyboard: undefined, actions: 0, waitingSince: undefined };
}

/** Returns a message as a reply quotes it: without what it replied to itself. */
export function quoted({ message }: StoredMessage): NonNullable<Message["reply_to_message"]> {
  const { reply_to_message: _, ...rest } = message;
  // The type wants the field to be there and undefined, which exactOptionalPropertyTypes makes impossible.
  return rest as NonNullable<Message["reply_to_message"]>;
}
