import type { Conversation } from "../domain/session.ts";
import type { Reply } from "./read-reply.ts";

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

/**
 * Whether a reply can be no part of a flood: a press on an answer of the newest question. The next question to press on
 * comes only with what we say, so nobody is faster than we are.
 */
export function keepsPace(reply: Reply): boolean {
  if (reply.type !== "answer" || reply.typed) return false;
  // Switched choices and turned pages keep the question's number: they can be pressed as fast as one likes.
  return typeof reply.value === "string" && !/^([+-]|page:)/.test(reply.value);
}
