/** The ways to reach people. One folder below `bots/` each. */
export const channelNames = ["telegram", "web"] as const;
export type ChannelName = (typeof channelNames)[number];

/** What a person did on a channel, as the platform told us. */
export type Content =
  | { type: "words"; text: string }
  /** A pressed button: `data` as we sent it; `ref` is the platform's id of the message that carries it. */
  | { type: "press"; data: string; ref?: string }
  /** The first contact, or "/start"; `door` is the code of a partner's deep link. */
  | { type: "start"; door?: string }
  /** Something we can't read. Its content is never fetched. */
  | { type: "unreadable"; kind: UnreadableKind }
  /** A message that was changed afterwards: answers are never changed by it. */
  | { type: "edited" }
  /** The person blocked the bot (no more sending) or took that back. */
  | { type: "blocked" }
  | { type: "unblocked" }
  /** Not from the person: it is time to offer an open intake again. */
  | { type: "reminder" }
  /** Not from the person: a case manager asks whether answers may go to an office. */
  | { type: "referral"; id: string };

export const unreadableKinds = [
  "voice",
  "photo",
  "document",
  "sticker",
  "location",
  "contact",
  "poll",
  "forwarded",
  "other",
] as const;
export type UnreadableKind = (typeof unreadableKinds)[number];

/** One thing received from a person in private. */
export interface IncomingMessage {
  channel: ChannelName;
  /** The same if the platform delivers it again; unique within channel and account. */
  id: string;
  /** Our account on the channel (the bot's id), so that two bots on one database never mix contacts. */
  account: string;
  /** The person's address on the channel. */
  address: string;
  /** When it was sent, milliseconds since 1970 (UTC). */
  at: number;
  content: Content;
  /** What the platform says of the person's language (BCP 47). Only decides which language is offered first. */
  languageHint?: string;
}

/** A press by a member of a staff room on a card's button. */
export interface StaffAct {
  channel: ChannelName;
  id: string;
  account: string;
  /** The room's address. */
  room: string;
  at: number;
  act: "claim";
  code: string;
  /** The member's stable id on the platform, and the name shown to colleagues. */
  by: { id: string; name: string };
}

/** What `receive` answers once the message is durable. */
export interface Receipt {
  /** A short text for the person in answer to a press (a toast), already in their language. */
  notice?: string;
}

/** Hands a message over. Resolves when its effect is durable; rejects when the platform shall deliver it again. */
export type Receive = (message: IncomingMessage) => Promise<Receipt>;
export type ReceiveStaffAct = (act: StaffAct) => Promise<Receipt>;

/**
 * What a failed send means: `throttled` (wait `retryAfter` seconds), `unreachable` (try again, growing delay),
 * `misconfigured` (the channel's settings are wrong: nothing on it goes out until that is mended),
 * `stopped` (the person blocked us or is gone), `rejected` (this message will never go out).
 */
export type SendFailure = "throttled" | "unreachable" | "misconfigured" | "stopped" | "rejected";

/** The only error that a bot's `send` throws. Its message never holds words or addresses of people. */
export class SendError extends Error {
  override name = "SendError";
  readonly failure: SendFailure;
  /** Seconds, only with `throttled`. */
  readonly retryAfter: number | undefined;

  constructor(failure: SendFailure, message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options);
    this.failure = failure;
    this.retryAfter = options.retryAfter;
  }
}
