import type { Update } from "grammy/types";
import { conflict } from "./api-error.ts";
import type { Latencies } from "./latencies.ts";
import type { Options } from "./options.ts";
import { Polling } from "./polling.ts";
import { now, type PendingUpdate, type Route, UpdateQueue } from "./update-queue.ts";
import { Webhook, type WebhookSettings } from "./webhook.ts";

/** A kind of update, as in `allowed_updates`. */
export type UpdateType = Exclude<keyof Update, "update_id">;

// A bot gets these only when it asks for them by name.
const onlyWhenAsked = new Set<string>(["chat_member", "message_reaction", "message_reaction_count"]);

/** Brings updates to the bot, by polling or webhook, whichever is on. */
export class Delivery {
  readonly updates = new UpdateQueue();
  readonly polling: Polling;
  webhook: Webhook | undefined;
  /** The types the bot wants; undefined for Telegram's default. */
  allowed: string[] | undefined;
  /** How many of the webhook's next 2xx answers get lost. */
  acksToLose = 0;
  /** Called with the body of a webhook's 2xx. */
  onAnswer: (body: string) => void = () => {};
  readonly #options: Options;
  readonly #latencies: Latencies;

  constructor(options: Options, latencies: Latencies) {
    this.#options = options;
    this.#latencies = latencies;
    this.polling = new Polling(this.updates);
    this.updates.onAdded = (pending) => (this.webhook ? this.webhook.add(pending) : this.polling.wake());
  }

  /** Sends an update on its way; undefined when the bot did not ask for its type. */
  push<T extends UpdateType>(type: T, content: NonNullable<Update[T]>, route: Route): PendingUpdate | undefined {
    const isWanted = this.allowed ? this.allowed.includes(type) : !onlyWhenAsked.has(type);
    return isWanted ? this.updates.push({ [type]: content }, route) : undefined;
  }

  /** Hands updates to a poller. Throws a 409 while a webhook is set. */
  getUpdates(offset: number, limit: number, timeout: number, onClosed: (listener: () => void) => void) {
    if (this.webhook)
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    return this.polling.getUpdates(offset, limit, timeout, onClosed);
  }

  /** Switches to a webhook, which gets everything that is pending. */
  setWebhook(settings: WebhookSettings): void {
    this.polling.abort("terminated by setWebhook request");
    this.webhook?.stop();
    this.webhook = new Webhook(settings, {
      options: this.#options,
      delivered: (pending, postedAt) => this.#delivered(pending, postedAt),
      expired: (pending) => this.updates.finish(pending),
      answered: (body) => this.onAnswer(body),
      losesAck: () => this.acksToLose > 0 && this.acksToLose-- > 0,
    });
    for (const pending of this.updates.pending) this.webhook.add(pending);
  }

  /** Switches to polling. */
  deleteWebhook(): void {
    this.webhook?.stop();
    this.webhook = undefined;
  }

  /** Ends every connection that the double made or holds. */
  stop(): void {
    this.deleteWebhook();
    this.polling.stop();
  }

  #delivered(pending: PendingUpdate, postedAt: number): void {
    const time = now();
    this.updates.finish(pending);
    this.#latencies.add("accepted", time - pending.createdAt);
    this.#latencies.add("posted", time - postedAt);
  }
}
