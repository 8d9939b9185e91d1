import { setTimeout as sleep } from "node:timers/promises";
import type { TelegramDouble } from "../../doubles/telegram/index.ts";
import type { Call } from "../../doubles/telegram/journal.ts";

const patience = 60_000;

/** What a person says and presses after their case is sent, and what they hear. */
export class Voice {
  readonly user: number;
  readonly #telegram: TelegramDouble;

  constructor(telegram: TelegramDouble, user: number) {
    this.#telegram = telegram;
    this.user = user;
  }

  /** Says something; answers where in the double's calls to listen from. */
  say(text: string): number {
    return this.#telegram.say({ user: this.user, text }).seq;
  }

  /** Presses the choice of a question that came after `after`, as soon as it is there; `just` is told right before. */
  async press(value: string, after: number, just: () => void = () => {}): Promise<number> {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
      const data = this.#offered(value, after);
      if (data === undefined) continue;
      just();
      return this.#telegram.press({ user: this.user, data }).seq;
    }
    throw new Error(`nothing to press for ${value}`);
  }

  /** All that was sent to the person, in order. */
  heard(after = 0): Call[] {
    const calls = this.#telegram.calls({ chat: this.user, ok: true, after });
    return calls.filter(({ method }) => /^(sendMessage|editMessageText|sendDocument)$/.test(method));
  }

  /** Waits for a message with these words. */
  async hear(words: string, after = 0): Promise<Call> {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
      const found = this.heard(after).find(({ params }) => String(params.text).includes(words));
      if (found) return found;
    }
    throw new Error("nothing was said");
  }

  #offered(value: string, after: number): string | undefined {
    const buttons = this.heard(after).flatMap(({ params }) => {
      const markup = (params.reply_markup ?? {}) as { inline_keyboard?: { callback_data?: string }[][] };
      return (markup.inline_keyboard ?? []).flat();
    });
    return buttons.findLast(({ callback_data: data }) => data?.replace(/^[^:]*:/, "") === value)?.callback_data;
  }
}
