/** Limits as a real bot meets them; the numbers are guesses, Telegram publishes only rough ones. */
export type FloodLimits = { globalPerSecond: number; chatPerSecond: number; chatBurst: number; groupPerMinute: number };

/** How a double behaves. The verb `options` changes everything but token and username while it runs. */
export type Options = {
  token: string;
  username: string;
  /** With privacy, a bot that is no administrator sees only commands and replies to it in groups. */
  privacy: boolean;
  /** Multiplies the pauses between deliveries, so that a test need not wait 2, 4, 8 seconds. */
  retryScale: number;
  webhookTimeoutMs: number;
  /** How long a press may be answered; Telegram gives about 150 s. */
  pressLifeMs: number;
  /** Time that every call takes before it is answered. */
  latencyMs: number;
  /** How many calls the log keeps; 0 for none. */
  keepCalls: number;
  limits: FloodLimits | undefined;
};

/** What a double does when nothing is said: the real server's times, no limits. */
export const defaultOptions: Options = {
  token: "4242:DOUBLE-token_00000000000000000000000",
  username: "double_bot",
  privacy: true,
  retryScale: 1,
  webhookTimeoutMs: 60_000,
  pressLifeMs: 150_000,
  latencyMs: 0,
  keepCalls: 20_000,
  limits: undefined,
};

/** Limits near to what bots report: 30 messages a second in all, one a second per chat, 20 a minute per group. */
export const usualLimits: FloodLimits = { globalPerSecond: 30, chatPerSecond: 1, chatBurst: 3, groupPerMinute: 20 };
