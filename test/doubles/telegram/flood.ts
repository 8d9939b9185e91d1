import { tooManyRequests } from "./api-error.ts";
import type { Chat } from "./chat.ts";
import type { FloodLimits } from "./options.ts";

/** Counts messages and refuses those over the limits with a 429. */
export class Flood {
  #all: number[] = [];
  readonly #groups = new Map<number, number[]>();
  readonly #tokens = new Map<number, { left: number; at: number }>();

  /** Counts one message to a chat, or throws a 429 with the seconds to wait. */
  take(chat: Chat, limits: FloodLimits): void {
    const time = Date.now();
    this.#all = this.#all.filter((at) => at > time - 1000);
    if (this.#all.length >= limits.globalPerSecond) throw tooManyRequests(1);
    if (chat.type === "private") this.#takePrivate(chat.id, limits, time);
    else this.#takeGroup(chat.id, limits, time);
    this.#all.push(time);
  }

  #takePrivate(id: number, { chatPerSecond, chatBurst }: FloodLimits, time: number): void {
    const bucket = this.#tokens.get(id) ?? { left: chatBurst, at: time };
    const left = Math.min(chatBurst, bucket.left + ((time - bucket.at) / 1000) * chatPerSecond);
    if (left < 1) throw tooManyRequests(Math.max(1, Math.ceil((1 - left) / chatPerSecond)));
    this.#tokens.set(id, { left: left - 1, at: time });
  }

  #takeGroup(id: number, { groupPerMinute }: FloodLimits, time: number): void {
    const minute = (this.#groups.get(id) ?? []).filter((at) => at > time - 60_000);
    const oldest = minute[0] ?? time;
    if (minute.length >= groupPerMinute) throw tooManyRequests(Math.max(1, Math.ceil((oldest + 60_000 - time) / 1000)));
    this.#groups.set(id, [...minute, time]);
  }
}
