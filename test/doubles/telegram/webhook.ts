import { Agent, request } from "node:http";
import { now, type PendingUpdate } from "./update-queue.ts";

/** What setWebhook asked for. */
export type WebhookSettings = { url: string; secret: string; maxConnections: number };

/** What a webhook needs from outside. */
export type WebhookHost = {
  /** Read at each delivery, so that a test can change them. */
  options: { webhookTimeoutMs: number; retryScale: number };
  /** The bot has the update. `postedAt` is when its last delivery began (ms). */
  delivered: (pending: PendingUpdate, postedAt: number) => void;
  /** It was not delivered in time and is given up. */
  expired: (pending: PendingUpdate) => void;
  /** A 2xx with a body: perhaps a call. */
  answered: (body: string) => void;
  /** Whether this 2xx is to be lost on its way. */
  losesAck: () => boolean;
};

type Queue = { name: string; updates: PendingUpdate[] };

/** Posts updates to the bot, by the real server's rules: in order inside a queue, repeated until there is a 2xx. */
export class Webhook {
  readonly settings: WebhookSettings;
  attempts = 0;
  failures = 0;
  lastError: { date: number; message: string } | undefined;
  readonly #host: WebhookHost;
  readonly #agent: Agent;
  readonly #queues = new Map<string, Queue>();
  #ready: Queue[] = [];
  #busy = 0;
  #isStopped = false;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(settings: WebhookSettings, host: WebhookHost) {
    this.settings = settings;
    this.#host = host;
    this.#agent = new Agent({ keepAlive: true, maxSockets: settings.maxConnections, scheduling: "fifo" });
  }

  /** Puts an update behind the others of its queue. */
  add(pending: PendingUpdate): void {
    const queue = this.#queues.get(pending.queue);
    if (queue) {
      queue.updates.push(pending);
      return;
    }
    const created = { name: pending.queue, updates: [pending] };
    this.#queues.set(pending.queue, created);
    this.#ready.push(created);
    this.#pump();
  }

  /** Ends deliveries; what is under way counts as not delivered. */
  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#agent.destroy();
  }

  #pump(): void {
    while (!this.#isStopped && this.#busy < this.settings.maxConnections) {
      const queue = this.#ready.shift();
      const pending = queue?.updates[0];
      if (!queue || !pending) return;
      this.#busy++;
      this.#post(queue, pending);
    }
  }

  #post(queue: Queue, pending: PendingUpdate): void {
    const postedAt = now();
    const body = JSON.stringify(pending.update);
    this.attempts++;
    let isSettled = false;
    const settle = (error?: string, retryAfter = 0) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      this.#busy--;
      if (this.#isStopped) return;
      if (error === undefined) this.#finish(queue, () => this.#host.delivered(pending, postedAt));
      else this.#retry(queue, pending, error, retryAfter);
      this.#pump();
    };
    const headers: Record<string, string | number> = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    if (this.settings.secret) headers["x-telegram-bot-api-secret-token"] = this.settings.secret;
    const sent = request(this.settings.url, { method: "POST", agent: this.#agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => settle("Webhook connection closed"));
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        if (status < 200 || status > 299)
          return settle(
            `Wrong response from the webhook: ${status} ${response.statusMessage}`,
            Math.min(3600, Number(response.headers["retry-after"]) || 0),
          );
        if (this.#host.losesAck()) return settle("Webhook connection closed");
        if (chunks.length > 0) this.#host.answered(Buffer.concat(chunks).toString());
        settle();
      });
    });
    const timer = setTimeout(() => {
      settle("Read timeout expired");
      sent.destroy();
    }, this.#host.options.webhookTimeoutMs);
    sent.on("error", (error: NodeJS.ErrnoException) =>
      settle(error.code === "ECONNREFUSED" ? "Connection refused" : "Webhook connection closed"),
    );
    sent.end(body);
  }

  #finish(queue: Queue, tell: () => void): void {
    queue.updates.shift();
    tell();
    if (queue.updates.length > 0) this.#ready.push(queue);
    else this.#queues.delete(queue.name);
  }

  #retry(queue: Queue, pending: PendingUpdate, error: string, retryAfter: number): void {
    this.failures++;
    this.lastError = { date: Math.floor(Date.now() / 1000), message: error };
    // At once, then after 2, 4, 8 ... seconds, up to one or two minutes.
    const growing = pending.failures === 0 ? 0 : Math.min(60 + Math.random() * 60, 2 ** pending.failures);
    const pause = (retryAfter || growing) * 1000 * this.#host.options.retryScale;
    pending.failures++;
    if (now() + pause > pending.expiresAt) {
      this.#finish(queue, () => this.#host.expired(pending));
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#ready.push(queue);
      this.#pump();
    }, pause);
    this.#timers.add(timer);
  }
}
