import type { Message, Update } from "grammy/types";
import { type Chat, emptyChat, type GroupChat, type Person, type Press, type PrivateChat } from "./chat.ts";
import { Delivery, type UpdateType } from "./delivery.ts";
import { Faults } from "./faults.ts";
import { Flood } from "./flood.ts";
import { Journal } from "./journal.ts";
import { Latencies } from "./latencies.ts";
import type { Options } from "./options.ts";
import type { PendingUpdate, Route } from "./update-queue.ts";

/** A file somebody sent. */
export type StoredFile = {
  file_id: string;
  file_unique_id: string;
  file_name: string;
  mime_type: string;
  data: Buffer;
};

/** All that the double knows: one bot, its people and chats, and what is on its way. */
export class World {
  readonly options: Options;
  readonly people = new Map<number, Person>();
  readonly chats = new Map<number, Chat>();
  readonly presses = new Map<string, Press>();
  readonly files = new Map<string, StoredFile>();
  /** setMyCommands by language, and setMyName and the like by "what:language". */
  readonly commands = new Map<string, { command: string; description: string }[]>();
  readonly profile = new Map<string, string>();
  readonly latencies = new Latencies();
  readonly journal = new Journal();
  readonly faults = new Faults();
  readonly flood = new Flood();
  readonly delivery: Delivery;
  #counters = { user: 1000, group: 0, message: 0, press: 0, file: 0 };

  constructor(options: Options) {
    this.options = options;
    this.delivery = new Delivery(options, this.latencies);
  }

  /** Who the bot is, as it stands in messages. */
  get bot() {
    const { token, username } = this.options;
    return { id: Number(token.split(":")[0]), is_bot: true, first_name: "Double", username };
  }

  /** Returns the next number of a kind. */
  next(kind: "user" | "group" | "message" | "press" | "file"): number {
    return ++this.#counters[kind];
  }

  /** Adds a person and the chat they have with the bot. */
  addPerson(person: Person): PrivateChat {
    const { id, first_name, last_name, username } = person.user;
    const info = {
      id,
      type: "private" as const,
      first_name,
      ...(last_name && { last_name }),
      ...(username && { username }),
    };
    const chat: PrivateChat = { ...emptyChat(id), type: "private", info, person };
    this.people.set(id, person);
    this.chats.set(id, chat);
    return chat;
  }

  /** Returns a person; throws when the test never made them. */
  person(id: number): Person {
    const person = this.people.get(id);
    if (!person) throw new Error(`no user ${id}`);
    return person;
  }

  /** Returns a chat; throws when the test never made it. */
  chat(id: number): Chat {
    const chat = this.chats.get(id);
    if (!chat) throw new Error(`no chat ${id}`);
    return chat;
  }

  /** Returns a group; throws for a private chat. */
  group(id: number): GroupChat {
    const chat = this.chat(id);
    if (chat.type === "private") throw new Error(`chat ${id} is no group`);
    return chat;
  }

  /** Numbers a message: supergroups count for themselves, all other chats of an account together. */
  nextMessageId(chat: Chat): number {
    return chat.type === "supergroup" ? chat.messages.size + 1 : this.next("message");
  }

  /** Puts a message into its chat; `raw` is the text with its markup. */
  store(chat: Chat, message: Message, raw?: string): void {
    chat.messages.set(message.message_id, { message, raw, history: [], deleted: false });
  }

  /** Sends an update of a chat on its way; the bot's next call there is its answer. */
  push<T extends UpdateType>(type: T, content: NonNullable<Update[T]>, route: Route): PendingUpdate | undefined {
    const pending = this.delivery.push(type, content, route);
    const chat = route.chat === undefined ? undefined : this.chats.get(route.chat);
    if (pending && chat) chat.waitingSince ??= pending.createdAt;
    return pending;
  }

  /** Keeps a file and gives it its ids. */
  addFile(file: { file_name: string; mime_type: string; data: Buffer }): StoredFile {
    const number = this.next("file");
    const stored = { file_id: `FILE-${this.bot.id}-${number}`, file_unique_id: `UNIQUE-${number}`, ...file };
    this.files.set(stored.file_id, stored);
    return stored;
  }
}

/** Returns the time in whole seconds, as Telegram dates messages. */
export function unixTime(): number {
  return Math.floor(Date.now() / 1000);
}
