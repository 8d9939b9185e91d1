import { z } from "zod";
import type { Chat, StoredMessage } from "../chat.ts";
import type { World } from "../world.ts";
import { verb } from "./verb.ts";

/** A message as the person sees it. */
export type SeenMessage = {
  message_id: number;
  from: "bot" | "person";
  from_id: number | undefined;
  /** Without markup. */
  text: string;
  /** With markup, as the bot sent it. */
  raw: string | undefined;
  entities: NonNullable<StoredMessage["message"]["entities"]>;
  buttons: { label: string; data?: string; url?: string }[][];
  document: { file_name: string | undefined; mime_type: string | undefined; content: string } | undefined;
  reply_to: number | undefined;
  edited: boolean;
  history: StoredMessage["history"];
  deleted: boolean;
};

const filter = {
  chat: z.number().optional(),
  method: z.string().optional(),
  text: z.string().optional(),
  ok: z.boolean().optional(),
  after: z.number().optional(),
};

/** Returns what a chat shows: its messages, the keyboard, and how presses were answered (`answer` is missing until then). */
export const transcript = verb(
  { chat: z.number(), last: z.number().optional(), deleted: z.boolean().default(false) },
  (world, { chat: id, last, deleted }) => {
    const chat = world.chat(id);
    const stored = [...chat.messages.values()].filter((message) => deleted || !message.deleted);
    return {
      messages: stored.slice(-(last ?? stored.length)).map((message) => see(world, message)),
      keyboard: chat.keyboard?.rows.map((row) => row.map((button) => button.text)) ?? null,
      presses: chat.presses,
      toasts: toasts(chat),
      actions: chat.actions,
    };
  },
);

/** Waits until the bot has made a call that fits; without `ok: false` only one that succeeded. */
export const wait = verb(
  { ...filter, ok: z.boolean().default(true), timeoutMs: z.number().default(30_000) },
  (world, { timeoutMs, ...wanted }) => world.journal.wait(wanted, timeoutMs),
);

/** Returns the newest calls of the bot that fit. */
export const calls = verb({ ...filter, last: z.number().optional() }, (world, { last, ...wanted }) => {
  const found = world.journal.find(wanted);
  return last === undefined ? found : found.slice(-last);
});

/** Returns count and quantiles of the three latencies, in ms. */
export const latencies = verb({}, (world) => world.latencies.summaries());

/** Returns what the bot has set, what is on its way, and how often what happened. */
export const state = verb({}, (world) => ({
  bot: world.bot,
  commands: Object.fromEntries(world.commands),
  profile: Object.fromEntries(world.profile),
  pending: world.delivery.updates.size,
  polling: world.delivery.polling.isWaiting,
  webhook: world.delivery.webhook?.settings.url ?? null,
  attempts: world.delivery.webhook?.attempts ?? 0,
  failures: world.delivery.webhook?.failures ?? 0,
  seq: world.journal.seq,
  calls: Object.fromEntries(world.journal.counts),
  errors: Object.fromEntries(world.journal.errors),
  unansweredPresses: [...world.presses.values()].filter((press) => !press.answer).length,
}));

/** Forgets calls, counts and latencies, for instance after a warm-up. */
export const clear = verb({}, (world) => {
  world.journal.clear();
  world.latencies.clear();
});

function see(world: World, { message, raw, history, deleted }: StoredMessage): SeenMessage {
  const file = message.document && world.files.get(message.document.file_id);
  return {
    message_id: message.message_id,
    from: message.from?.id === world.bot.id ? "bot" : "person",
    from_id: message.from?.id,
    text: message.text ?? message.caption ?? "",
    raw,
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.map((button) => ({
        label: button.text,
        ...("callback_data" in button && { data: button.callback_data }),
        ...("url" in button && { url: button.url }),
      })),
    ),
    document: file && { file_name: file.file_name, mime_type: file.mime_type, content: file.data.toString() },
    reply_to: message.reply_to_message?.message_id,
    edited: message.edit_date !== undefined,
    history,
    deleted,
  };
}

function toasts(chat: Chat): { text: string; alert: boolean; user: number }[] {
  return chat.presses.flatMap(({ answer, user }) =>
    answer?.text ? [{ text: answer.text, alert: answer.alert, user }] : [],
  );
}
