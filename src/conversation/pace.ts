import type { Conversation } from "../domain/session.ts";

const most = 20;
const withinMs = 10_000;

export interface Paced {
  pace: NonNullable<Conversation["pace"]>;
  /** `first` is the message that made it a flood: it gets the one answer. */
  flood: "no" | "first" | "goes on";
}

/** Counts a contact's messages. A flood ends when nothing came for as long as it is counted. */
export function countMessage(before: Conversation["pace"], at: number): Paced {
  if (!before || Math.abs(at - before.since) > withinMs) return { pace: { since: at, count: 1 }, flood: "no" };
  if (before.count < most) return { pace: { since: before.since, count: before.count + 1 }, flood: "no" };
  const flood = before.count === most ? "first" : "goes on";
  return { pace: { since: at, count: most + 1 }, flood };
}
