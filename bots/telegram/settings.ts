import type { Log } from "../../src/domain/log.ts";

/** What the bot needs to know from outside. */
export type Settings = {
  /** From @BotFather: the bot's id, a colon and a secret. */
  token: string;
  apiRoot: string;
  /** With it updates come by webhook below `publicUrl`, without it by polling. */
  webhookSecret?: string;
  publicUrl: string;
  /** Id of the staff's group. */
  staffChat?: number;
  /** One per language; the first one is also shown to everybody whose language is none of them. */
  profiles: Profile[];
  /**
   * Resolves when this process may poll, for only one at a time can; with nothing when `stopped` fires first. Default:
   * at once and for good.
   */
  mayPoll?: (stopped: AbortSignal) => Promise<PollingTurn | undefined>;
  log: Log;
  /** Changed by tests only. */
  pauses?: Partial<Pauses>;
};

/** The bot's face in Telegram in one language. */
export type Profile = {
  language: string;
  /** `command` without its slash. */
  commands: { command: string; description: string }[];
  /** Shown in the empty chat, at most 512 characters. */
  description: string;
  /** Shown on the bot's page, at most 120 characters. */
  shortDescription: string;
};

/** Leave to poll, until `release` is called or `lost` fires. */
export type PollingTurn = { release: () => Promise<void>; lost: AbortSignal };

/** Milliseconds: before the first repetition of a failed call (doubled each time), at most, and between two checks. */
export type Pauses = { first: number; most: number; check: number };

export const defaultPauses: Pauses = { first: 1_000, most: 60_000, check: 60_000 };
