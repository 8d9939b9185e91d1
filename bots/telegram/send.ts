import { type Api, InputFile } from "grammy";
import type { FileContent, RenderedMessage } from "../../src/domain/prompt.ts";
import { isUneditable, isUnmodified, movedTo, toSendError } from "./failure.ts";
import { type Body, longestCaption, toBodies } from "./outgoing.ts";
import { isRoom, type Rooms } from "./rooms.ts";
import type { Troubles } from "./trouble.ts";

type Ref = { ref?: string };

/** Makes `Bot.send`: puts a message into as many calls as it needs. */
export function createSend(api: Api, rooms: Rooms, troubles: Troubles) {
  // How far a long text got before a call failed: the same message is sent next, and goes on there. After a restart
  // the first pieces may come twice.
  const unfinished = new Map<string, { text: string; sent: number }>();

  const sendAll = async (address: string, text: string, bodies: Body[]): Promise<Ref> => {
    const known = unfinished.get(address);
    let sent = known?.text === text ? known.sent : 0;
    let ref: Ref = {};
    try {
      for (; sent < bodies.length; sent++) ref = await sendOne(api, rooms.idOf(address), bodies[sent]);
    } finally {
      if (sent > 0 && sent < bodies.length) unfinished.set(address, { text, sent });
      else unfinished.delete(address);
    }
    return ref;
  };

  const deliver = async (address: string, message: RenderedMessage): Promise<Ref> => {
    if (message.file) return sendFile(api, rooms.idOf(address), message.file, message);
    const bodies = toBodies(message);
    const [body, ...others] = bodies;
    const chat = rooms.idOf(address);
    const edited = message.updates === undefined ? undefined : readRef(message.updates, chat);
    // A text that has become too long for its message is sent anew.
    if (edited === undefined || !body || others.length > 0) return sendAll(address, message.text, bodies);
    try {
      await api.raw.editMessageText({ chat_id: chat, message_id: edited, ...body });
    } catch (cause) {
      if (isUneditable(cause)) return sendAll(address, message.text, bodies);
      if (!isUnmodified(cause)) throw cause;
    }
    return { ref: toRef(chat, edited) };
  };

  return async (address: string, message: RenderedMessage): Promise<Ref> => {
    try {
      const ref = await deliver(address, message).catch((cause) => {
        const to = movedTo(cause);
        if (to === undefined || !rooms.move(address, to)) throw cause;
        return deliver(address, message);
      });
      if (isRoom(address)) troubles.set("staff group", undefined);
      return ref;
    } catch (cause) {
      const error = toSendError(cause, address);
      if (isRoom(address) && error.failure === "unreachable") troubles.set("staff group", error.message);
      throw error;
    }
  };
}

async function sendOne(api: Api, chat: number, body: Body | undefined): Promise<Ref> {
  if (!body) return {};
  const { message_id } = await api.raw.sendMessage({ chat_id: chat, ...body });
  return { ref: toRef(chat, message_id) };
}

/** A file with what is said to it below. Flows keep that short: what does not fit below would be cut. */
async function sendFile(api: Api, chat: number, file: FileContent, message: RenderedMessage): Promise<Ref> {
  const [{ text, parse_mode, reply_markup } = { text: "" }] = toBodies(message, longestCaption);
  const { message_id } = await api.raw.sendDocument({
    chat_id: chat,
    document: new InputFile(file.data, file.name),
    ...(text && { caption: text }),
    ...(parse_mode && { parse_mode }),
    ...(reply_markup && { reply_markup }),
    // The name says what it is; Telegram would guess from the content.
    disable_content_type_detection: true,
  });
  return { ref: toRef(chat, message_id) };
}

/** A group that becomes a supergroup counts its messages anew: there a ref must say which of the two it is of. */
function toRef(chat: number, message: number): string {
  return chat < 0 ? `${chat}/${message}` : String(message);
}

/** The message of a ref, if it is in this chat. */
function readRef(ref: string, chat: number): number | undefined {
  const [message = "", of] = ref.split("/").reverse();
  return (of === undefined && chat > 0) || Number(of) === chat ? Number(message) : undefined;
}
