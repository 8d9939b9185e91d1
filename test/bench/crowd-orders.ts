import type { Plan } from "../walks/plan.ts";
import type { Cpu, Processes } from "./cpu.ts";
import type { Quantiles } from "./quantiles.ts";

/** What the crowd is asked to do; each order is answered once, in order. */
export type Order =
  /** Waits until the bot with this token has set its webhook and listens there, at most `patience` ms. */
  | { type: "connected"; token: string; patience: number }
  /** Has people walk through their conversations, `atOnce` at a time; whose id is i has plan i modulo their number. */
  | { type: "walk"; token: string; people: number; atOnce: number; plans: Plan[] }
  /** The same for one person a plan, slowly, writing down every call. */
  | { type: "record"; token: string; plans: Plan[] }
  /** Has one person do all of a plan, and tells each message's time and the CPU time of processes after every few. */
  | { type: "time"; token: string; plan: Plan; every: number; processes: Processes }
  /** Forgets the bot, which has stopped. */
  | { type: "forget"; token: string };

export interface WalkReport {
  messages: number;
  seconds: number;
  /** ms from POST to 200. */
  accepted: Quantiles;
  /** ms from POST to the first message or edit. */
  replied: Quantiles;
  /** Codes that people were told, and codes in notices to staff. */
  codes: string[];
  notices: string[];
  calls: number;
  /** What should not be: POSTs without 200, presses without an answer. */
  refused: number;
  unanswered: number;
  /** The crowd's own CPU time, ms. */
  cpu: number;
}

/** A call that a bot made, without the ids that differ from person to person. */
export interface RecordedCall {
  to: "person" | "staff";
  method: "sendMessage" | "editMessageText";
  /** The inside of a JSON object: all parameters but chat and message. */
  rest: string;
}

/** What a bot sent after each of a person's messages, in order. */
export type Transcript = RecordedCall[][];

export interface TimeReport {
  /** ms from POST to the first message or edit, of each message. */
  replied: number[];
  /** At the start and after every few messages. */
  cpu: Cpu[];
}

export interface Reports {
  connected: true;
  walk: WalkReport;
  record: Transcript[];
  time: TimeReport;
  forget: true;
}

export type Report<T extends Order["type"]> = Reports[T];
