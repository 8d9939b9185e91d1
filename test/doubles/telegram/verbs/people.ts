import type { ChatMember } from "grammy/types";
import { z } from "zod";
import { emptyChat, type GroupChat, type MemberStatus } from "../chat.ts";
import { unixTime, type World } from "../world.ts";
import { verb } from "./verb.ts";

const status = z.enum(["creator", "administrator", "member", "left", "kicked"]);

/** Makes a person. `started: false` is one who never opened the bot. */
export const user = verb(
  {
    id: z.number().optional(),
    first_name: z.string().optional(),
    last_name: z.string().optional(),
    username: z.string().optional(),
    language_code: z.string().optional(),
    is_bot: z.boolean().default(false),
    started: z.boolean().default(true),
  },
  (world, { id = world.next("user"), started, first_name = `Person ${id}`, ...rest }) => {
    const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const user = { id, first_name, is_bot: rest.is_bot, ...known };
    world.addPerson({ user, started, blocked: false, deactivated: false });
    return user;
  },
);

/** Makes a group with people in it and the bot as a member, and returns its id. */
export const group = verb(
  {
    title: z.string().default("Team"),
    type: z.enum(["group", "supergroup"]).default("supergroup"),
    members: z.array(z.number()).default([]),
    botStatus: status.default("member"),
  },
  (world, { title, type, members, botStatus }) => addGroup(world, title, type, members, botStatus).info,
);

/** Puts a person into a group, or out of it. Bots hear nothing of that without being asked for chat_member. */
export const member = verb({ chat: z.number(), user: z.number(), status: status.default("member") }, (world, args) => {
  world.group(args.chat).members.set(world.person(args.user).user.id, args.status);
});

/** Changes what the bot is in a group; it hears of it. */
export const botStatus = verb({ chat: z.number(), status, by: z.number() }, (world, args) => {
  const chat = world.group(args.chat);
  pushMembership(world, chat.id, args.by, chat.botStatus, args.status);
  chat.botStatus = args.status;
});

/** Turns a group into a supergroup with another id: later calls to the old one fail with `migrate_to_chat_id`. */
export const migrate = verb({ chat: z.number() }, (world, args) => {
  const old = world.group(args.chat);
  const next = addGroup(world, old.info.title, "supergroup", [...old.members.keys()], old.botStatus);
  old.migratedTo = next.id;
  return next.info;
});

/** Has a person block the bot, which hears of it. */
export const block = verb({ user: z.number() }, (world, args) => setBlocked(world, args.user, true));

/** Has a person unblock the bot, which hears of it. */
export const unblock = verb({ user: z.number() }, (world, args) => setBlocked(world, args.user, false));

/** Deletes a person's account. */
export const deactivate = verb({ user: z.number() }, (world, args) => {
  world.person(args.user).deactivated = true;
});

function setBlocked(world: World, id: number, blocked: boolean): void {
  const person = world.person(id);
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  pushMembership(world, id, id, blocked ? "member" : "kicked", blocked ? "kicked" : "member");
}

function addGroup(
  world: World,
  title: string,
  type: "group" | "supergroup",
  members: number[],
  botStatus: MemberStatus,
): GroupChat {
  const id = type === "group" ? -500 - world.next("group") : -1_001_000_000_000 - world.next("group");
  const chat: GroupChat = {
    ...emptyChat(id),
    type,
    info: { id, type, title },
    members: new Map(members.map((member) => [world.person(member).user.id, "member"])),
    botStatus,
    migratedTo: undefined,
  };
  world.chats.set(id, chat);
  return chat;
}

function pushMembership(world: World, chatId: number, by: number, from: MemberStatus, to: MemberStatus): void {
  const state = (status: MemberStatus): ChatMember => {
    const bot = world.bot;
    if (status === "kicked") return { status, user: bot, until_date: 0 };
    if (status === "member" || status === "left") return { status, user: bot };
    return { ...administratorRights, status: "administrator", user: bot };
  };
  world.delivery.push(
    "my_chat_member",
    {
      chat: world.chat(chatId).info,
      from: world.person(by).user,
      date: unixTime(),
      old_chat_member: state(from),
      new_chat_member: state(to),
    },
    { queue: `membership ${chatId}`, chat: chatId },
  );
}

const administratorRights = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
};
