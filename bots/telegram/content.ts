import type { Content, UnreadableKind } from "../../src/domain/channel.ts";
import type { Message } from "./update.ts";

// A GIF carries `document` too, and a venue `location`: the first that fits counts. What is used like a sticker, or
// spoken like a voice message, is answered like one.
const kinds: readonly (readonly [field: string, kind: UnreadableKind])[] = [
  ["animation", "sticker"],
  ["sticker", "sticker"],
  ["voice", "voice"],
  ["audio", "voice"],
  ["video_note", "voice"],
  ["photo", "photo"],
  ["live_photo", "photo"],
  ["video", "photo"],
  ["paid_media", "photo"],
  ["document", "document"],
  ["location", "location"],
  ["contact", "contact"],
  ["poll", "poll"],
];

// Messages about the chat with us: they come about without the person having said anything.
const serviceFields = [
  "pinned_message",
  "message_auto_delete_timer_changed",
  "write_access_allowed",
  "connected_website",
  "chat_background_set",
  "proximity_alert_triggered",
  "boost_added",
  "gift",
  "unique_gift",
  "gift_upgrade_sent",
  "successful_payment",
  "refunded_payment",
  "paid_message_price_changed",
  "checklist_tasks_done",
  "checklist_tasks_added",
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
];

/** Reads what a private message says; undefined for Telegram's own messages about the chat. */
export function readContent(message: Message): Content | undefined {
  if ("forward_origin" in message) return { type: "unreadable", kind: "forwarded" };
  // Written by another bot at the person's wish: no words of theirs.
  if ("via_bot" in message) return { type: "unreadable", kind: "other" };
  if (message.text !== undefined) return readText(message.text);
  if (serviceFields.some((field) => field in message)) return undefined;
  // Captions are left unread: they belong to something that we can't see.
  const kind = kinds.find(([field]) => field in message)?.[1] ?? "other";
  return { type: "unreadable", kind };
}

function readText(text: string): Content {
  const [first = "", payload = "", ...rest] = text.split(/\s+/);
  if (!/^\/start(@\w+)?$/.test(first)) return { type: "words", text };
  // The form that Telegram allows in links; anything else was typed and names no door.
  const isDoor = rest.length === 0 && /^[A-Za-z0-9_-]{1,64}$/.test(payload);
  return isDoor ? { type: "start", door: payload } : { type: "start" };
}
