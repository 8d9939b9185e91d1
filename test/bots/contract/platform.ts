import type { Bot } from "../../../src/domain/bot.ts";
import type { SendFailure } from "../../../src/domain/channel.ts";
import type { FileContent, RenderedMessage } from "../../../src/domain/prompt.ts";

/** What a person sees of one message; `text` without markup. */
export type Shown = { text: string; labels: string[] };

/**
 * A channel's platform as the contract drives it: a double, and the people on it. What it hands over to the bot it
 * hands over again until the bot has taken it, as real platforms (and the web chat's page) do.
 */
export interface Platform {
  /** Makes the bot, not started. Called again once the last one was stopped, as after a restart of the process. */
  createBot(): Bot;
  /** Makes a person who can be written to, and returns their address. */
  person(): string;
  /** The person writes words. */
  say(address: string, text: string): void;
  /** The person presses the newest button whose label has this text. */
  press(address: string, label: string): void;
  /** Delivers what was done last once more, though it was taken. */
  again(): void;
  /** What the person sees now, of the bot's messages, oldest first. */
  shown(address: string): Promise<Shown[]>;
  /** Puts a file to a message as the host does on this channel: with it, or kept, with a link that leads to it. */
  withFile(message: RenderedMessage, file: FileContent): RenderedMessage;
  /** The files that the person has got, once they opened what leads to them, oldest first. */
  files(address: string): Promise<{ name: string; content: string }[]>;
  /** The short texts that answered the person's presses. */
  toasts(address: string): Promise<string[]>;
  /** Makes the next sends to a person fail in this way, until `mend`. */
  failSends(failure: SendFailure, address: string): void;
  /** Keeps the bot from working at all, so that `ready` has something to say, until `mend`. */
  breakDown(): void;
  mend(): void;
  /** The person blocks the bot, or takes that back. */
  block(address: string): void;
  unblock(address: string): void;
  close(): Promise<void>;
}

/** What the contract can ask of a platform; for instance, nobody can block a website. */
export type Abilities = {
  /** The failures that sending can end in. */
  failures: SendFailure[];
  blocks: boolean;
  breaksDown: boolean;
};
