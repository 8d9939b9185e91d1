import { ApiError } from "../api-error.ts";
import { now } from "../update-queue.ts";
import type { World } from "../world.ts";
import { answerCallbackQuery, getChat, leaveChat, sendChatAction } from "./chats.ts";
import { editMessageReplyMarkup, editMessageText } from "./edits.ts";
import { deleteMessage, sendDocument, sendMessage } from "./messages.ts";
import { isObject, type Method, Params } from "./params.ts";
import { getMe, getMyCommands, setMyCommands, setMyDescription, setMyName, setMyShortDescription } from "./profile.ts";
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from "./receiving.ts";

const methods: Record<string, Method> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendDocument,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  sendChatAction,
  getChat,
  leaveChat,
  setMyCommands,
  getMyCommands,
  setMyName,
  setMyDescription,
  setMyShortDescription,
};

// Names are not case-sensitive.
const byLowerName = new Map(Object.entries(methods).map(([name, run]) => [name.toLowerCase(), { name, run }]));

// A person sees neither of these as an answer.
const silent = new Set(["sendChatAction", "answerCallbackQuery"]);

/** Returns the chat that a call is about, as far as its parameters tell. */
export function chatOf(world: World, params: Params): number | undefined {
  const { chat_id: chat, callback_query_id: press } = params.fields;
  if (chat !== undefined) return Number(chat);
  return press === undefined ? undefined : world.presses.get(String(press))?.chat;
}

/** Runs a method of the Bot API and writes it down. Throws an ApiError where Telegram would refuse. */
export function execute(world: World, methodName: string, params: Params, onClosed: (listener: () => void) => void) {
  const method = byLowerName.get(methodName.toLowerCase());
  const name = method?.name ?? methodName;
  const chat = chatOf(world, params);
  const record = (ok: boolean, result: unknown, error?: string) => {
    const entry = { method: name, chat, params: params.fields, ok, error, result };
    world.journal.record(entry, world.options.keepCalls);
  };
  try {
    if (!method) throw new ApiError(404, "Not Found: method not found");
    const result = method.run(world, params, onClosed);
    if (name === "getUpdates") return result;
    if (chat !== undefined && !silent.has(name)) markAnswered(world, chat);
    record(true, result);
    return result;
  } catch (error) {
    record(false, undefined, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** Runs the call that a webhook's answer may contain. Its result goes nowhere, as with the real server. */
export function executeAnswer(world: World, body: string): void {
  const parsed = parse(body);
  if (!isObject(parsed) || typeof parsed.method !== "string") return;
  const { method, ...fields } = parsed;
  if (/^get|webhook$|^close$|^logout$/i.test(method)) return;
  try {
    execute(world, method, new Params(fields), () => {});
  } catch {
    // The journal has the error; the real server tells nobody either.
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function markAnswered(world: World, id: number): void {
  const chat = world.chats.get(id);
  if (chat?.waitingSince === undefined) return;
  world.latencies.add("answered", now() - chat.waitingSince);
  chat.waitingSince = undefined;
}
