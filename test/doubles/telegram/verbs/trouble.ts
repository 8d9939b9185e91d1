import type { Update } from "grammy/types";
import { z } from "zod";
import { usualLimits } from "../options.ts";
import type { PendingUpdate } from "../update-queue.ts";
import { verb } from "./verb.ts";

/** Delivers any update; without `update_id` it gets the next one. */
export const inject = verb(
  { update: z.record(z.string(), z.unknown()), queue: z.string().default("injected"), chat: z.number().optional() },
  (world, { update, queue, chat }) => {
    const { seq } = world.journal;
    return { update_id: world.delivery.updates.push(update as Partial<Update>, { queue, chat }).id, seq };
  },
);

/** Delivers an update again, the newest if none is named; `concurrent` copies arrive at the same moment. */
export const duplicate = verb(
  {
    update_id: z.number().optional(),
    times: z.number().default(1),
    concurrent: z.boolean().default(true),
  },
  (world, { update_id, times, concurrent }) => ({
    update_id: world.delivery.updates.duplicate(update_id, times, concurrent).id,
  }),
);

/** Keeps new updates back. */
export const hold = verb({}, (world) => world.delivery.updates.hold());

/** Lets held updates go: as they came, reversed or shuffled; `concurrent` without any order between them. */
export const release = verb(
  {
    order: z.enum(["same", "reverse", "shuffle"]).default("same"),
    seed: z.number().default(1),
    concurrent: z.boolean().default(false),
  },
  (world, { order, seed, concurrent }) => {
    const { updates } = world.delivery;
    if (order === "same" && !concurrent) return updates.release();
    const arrange = { same: keep, reverse, shuffle: shuffleBy(seed) }[order];
    return updates.release(arrange, concurrent);
  },
);

/** Plans something that goes wrong with the bot's next calls. */
export const fault = verb(
  {
    method: z.string().optional(),
    chat: z.number().optional(),
    times: z.number().default(1),
    error_code: z.number().optional(),
    description: z.string().optional(),
    retry_after: z.number().optional(),
    delayMs: z.number().optional(),
    drop: z.boolean().optional(),
    after: z.boolean().optional(),
  },
  (world, planned) => world.faults.add(planned),
);

/** Forgets planned faults and acks to lose. */
export const clearFaults = verb({}, (world) => {
  world.faults.clear();
  world.delivery.acksToLose = 0;
});

/** Loses the webhook's next 2xx answers: those updates come again. */
export const dropAcks = verb({ times: z.number().default(1) }, (world, { times }) => {
  world.delivery.acksToLose += times;
});

/** Changes how the double behaves from now on; `limits: true` are the usual ones. */
export const options = verb(
  {
    privacy: z.boolean().optional(),
    retryScale: z.number().optional(),
    webhookTimeoutMs: z.number().optional(),
    pressLifeMs: z.number().optional(),
    latencyMs: z.number().optional(),
    keepCalls: z.number().optional(),
    limits: z
      .union([
        z.boolean(),
        z.object({
          globalPerSecond: z.number(),
          chatPerSecond: z.number(),
          chatBurst: z.number(),
          groupPerMinute: z.number(),
        }),
      ])
      .optional(),
  },
  (world, { limits, ...changes }) => {
    Object.assign(
      world.options,
      Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
    );
    if (limits !== undefined)
      world.options.limits = typeof limits === "object" ? limits : limits ? usualLimits : undefined;
  },
);

function keep(held: PendingUpdate[]): PendingUpdate[] {
  return held;
}

function reverse(held: PendingUpdate[]): PendingUpdate[] {
  return held.toReversed();
}

function shuffleBy(seed: number): (held: PendingUpdate[]) => PendingUpdate[] {
  return (held) => {
    let state = seed >>> 0;
    // A linear congruential generator (numbers of Numerical Recipes): the same seed gives the same order everywhere.
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state;
    };
    return held
      .map((pending) => ({ pending, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ pending }) => pending);
  };
}
