import type { Log } from "../../src/domain/log.ts";

/** What keeps the channel from working, by topic. Each change is logged once, however often it is told. */
export class Troubles {
  readonly #log: Log;
  readonly #current = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Notes what is wrong; undefined when it is right again. */
  set(topic: string, trouble: string | undefined): void {
    const before = this.#current.get(topic);
    if (before === trouble) return;
    if (trouble === undefined) {
      this.#current.delete(topic);
      this.#log.info(`Telegram, ${topic}: works again`);
    } else {
      this.#current.set(topic, trouble);
      this.#log.warn(`Telegram, ${topic}: ${trouble}`);
    }
  }

  /** All troubles in a sentence; undefined when there is none. */
  get summary(): string | undefined {
    return this.#current.size > 0 ? [...this.#current.values()].join("; ") : undefined;
  }
}
