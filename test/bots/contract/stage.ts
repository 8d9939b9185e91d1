import { afterEach, beforeEach, expect, vi } from "vitest";
import type { Bot } from "../../../src/domain/bot.ts";
import { type Content, type IncomingMessage, type Receive, SendError } from "../../../src/domain/channel.ts";
import type { RenderedMessage } from "../../../src/domain/prompt.ts";
import type { Platform } from "./platform.ts";

// Generous: it only has to end when something is broken.
const patience = { timeout: 20_000, interval: 5 };

/** Tries until an assertion holds. */
export function until(assertion: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assertion, patience);
}

/** A platform and a bot on it, fresh for every test; what the bot hands over is collected. */
export class Stage {
  received: IncomingMessage[] = [];
  /** Takes what the bot hands over; a test may put something else here. */
  receive: Receive = this.collect;
  #platform: Platform | undefined;
  #bot: Bot | undefined;

  get platform(): Platform {
    if (!this.#platform) throw new Error("the test has not begun");
    return this.#platform;
  }

  get bot(): Bot {
    if (!this.#bot) throw new Error("the test has not begun");
    return this.#bot;
  }

  get collect(): Receive {
    return async (message) => {
      this.received.push(message);
      return {};
    };
  }

  /** Opens a platform with a started bot. */
  async open(open: () => Promise<Platform>): Promise<void> {
    this.#platform = await open();
    this.received = [];
    this.receive = this.collect;
    await this.startBot();
  }

  /** Makes and starts a bot, as a process does. */
  async startBot(): Promise<void> {
    this.#bot = this.platform.createBot();
    await this.#bot.start(
      (message) => this.receive(message),
      async () => ({}),
    );
  }

  /** The words that were received, oldest first. */
  words(): string[] {
    return this.received.flatMap(({ content }) => (content.type === "words" ? [content.text] : []));
  }

  /** The kinds of everything that was received, oldest first. */
  types(): Content["type"][] {
    return this.received.map(({ content }) => content.type);
  }

  /** Sends what must fail, and returns its error. */
  async failureOf(address: string, message: RenderedMessage): Promise<SendError> {
    const error: unknown = await this.bot.send(address, message).then(
      () => undefined,
      (cause) => cause,
    );
    expect(error).toBeInstanceOf(SendError);
    return error as SendError;
  }
}

/** Sets the stage anew for each test of the surrounding block. */
export function setStage(open: () => Promise<Platform>): Stage {
  const stage = new Stage();
  beforeEach(() => stage.open(open));
  afterEach(async () => {
    await stage.bot.stop();
    await stage.platform.close();
  });
  return stage;
}
