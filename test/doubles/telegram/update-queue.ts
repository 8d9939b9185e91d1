import type { Update } from "grammy/types";

/** An update on its way to the bot. */
export type PendingUpdate = {
  id: number;
  update: Update;
  /** Updates of one queue arrive in order; between queues there is none. */
  queue: string;
  chat: number | undefined;
  /** Times in ms since 1970, with fractions. */
  createdAt: number;
  expiresAt: number;
  /** Out of its order, so that a poller's offset can't confirm it: the offset with which it was handed out. */
  disordered: { handedOutAt: number | undefined } | undefined;
  failures: number;
};

/** Where an update goes: its queue, the chat it belongs to, and how long it is worth delivering. */
export type Route = { queue: string; chat?: number | undefined; lifeMs?: number };

const day = 86_400_000;
const archiveSize = 20_000;

/** Returns the time in ms since 1970, finer than a millisecond. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** All updates that the bot has not confirmed, and the newest ones it has, for doubling them. */
export class UpdateQueue {
  onAdded: (pending: PendingUpdate) => void = () => {};
  #pending = new Set<PendingUpdate>();
  #archive = new Map<number, PendingUpdate>();
  #held: PendingUpdate[] | undefined;
  #nextId = 100_000_000;
  #copies = 0;

  /** Gives an update its id and sends it on its way, or into the hands of `hold`. */
  push(content: Omit<Update, "update_id"> & { update_id?: number | undefined }, route: Route): PendingUpdate {
    const id = content.update_id ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id + 1);
    const createdAt = now();
    const pending: PendingUpdate = {
      id,
      update: { ...content, update_id: id },
      queue: route.queue,
      chat: route.chat,
      createdAt,
      expiresAt: createdAt + (route.lifeMs ?? day),
      disordered: undefined,
      failures: 0,
    };
    this.#archive.set(id, pending);
    if (this.#archive.size > archiveSize) this.#archive.delete(this.#archive.keys().next().value ?? id);
    if (this.#held) this.#held.push(pending);
    else this.#add(pending);
    return pending;
  }

  /** Delivers an update again; with queues of their own the copies arrive at the same moment. */
  duplicate(updateId: number | undefined, times: number, concurrent: boolean): PendingUpdate {
    const original = updateId === undefined ? [...this.#archive.values()].at(-1) : this.#archive.get(updateId);
    if (!original) throw new Error(`no update ${updateId ?? "yet"}`);
    for (let i = 0; i < times; i++) this.#add(this.#copy(original, concurrent));
    return original;
  }

  /** Keeps new updates back until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets go what was held, in the order that `arrange` makes of it; with `concurrent` all at the same moment. */
  release(arrange?: (held: PendingUpdate[]) => PendingUpdate[], concurrent = false): number[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    const released = arrange ? arrange(held).map((pending) => this.#copy(pending, concurrent)) : held;
    for (const pending of released) this.#add(pending);
    return released.map((pending) => pending.id);
  }

  /** Hands out up to `limit` updates from `offset` on; a positive offset confirms everything below it. */
  take(offset: number, limit: number): PendingUpdate[] {
    for (const pending of this.#pending) if (isConfirmed(pending, offset)) this.finish(pending);
    const time = now();
    const taken: PendingUpdate[] = [];
    for (const pending of this.#pending) {
      if (taken.length === limit) break;
      if (pending.expiresAt > time) taken.push(pending);
    }
    for (const { disordered } of taken) if (disordered) disordered.handedOutAt ??= offset;
    return taken;
  }

  /** Forgets all but the newest `count` updates. */
  keepNewest(count: number): void {
    for (const pending of this.pending.slice(0, Math.max(0, this.size - count))) this.finish(pending);
  }

  /** Says that the bot has an update. */
  finish(pending: PendingUpdate): void {
    this.#pending.delete(pending);
  }

  /** Returns how many updates the bot does not have yet. */
  get size(): number {
    return this.#pending.size;
  }

  /** Returns the updates that the bot does not have yet, oldest first. */
  get pending(): PendingUpdate[] {
    return [...this.#pending];
  }

  #add(pending: PendingUpdate): void {
    this.#pending.add(pending);
    this.onAdded(pending);
  }

  #copy(pending: PendingUpdate, ownQueue: boolean): PendingUpdate {
    const queue = ownQueue ? `copy ${++this.#copies}` : pending.queue;
    const createdAt = now();
    const disordered = { handedOutAt: undefined };
    return { ...pending, queue, createdAt, expiresAt: createdAt + day, failures: 0, disordered };
  }
}

function isConfirmed(pending: PendingUpdate, offset: number): boolean {
  if (offset <= 0) return false;
  const { disordered } = pending;
  if (!disordered) return pending.id < offset;
  // Its poller came back with another offset than it had: it has seen the batch.
  return disordered.handedOutAt !== undefined && disordered.handedOutAt !== offset;
}
