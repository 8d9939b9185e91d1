import type { TelegramDouble } from "../doubles/telegram/index.ts";
import type { Call } from "../doubles/telegram/journal.ts";
import { codeIn } from "../walks/code.ts";

const names = ["Erna Eins", "Zeno Zwei", "Dora Drei"];

/** The staff's group on the double: several people who all press "claim" on a new card at the same moment. */
export class Staff {
  readonly group: number;
  readonly names = new Map<number, string>();
  readonly #telegram: TelegramDouble;
  readonly #random: () => number;
  #isOver = false;

  constructor(telegram: TelegramDouble, random: () => number) {
    this.#telegram = telegram;
    this.#random = random;
    for (const name of names) this.names.set(telegram.user({ first_name: name }).id, name);
    this.group = telegram.group({ members: [...this.names.keys()] }).id;
  }

  /** Goes on until told to stop: most cards are wanted by everybody, some presses are delivered twice. */
  async work(): Promise<void> {
    for (let after = 0; !this.#isOver; ) {
      const card: Call | undefined = await this.#telegram
        .wait({ chat: this.group, method: "sendMessage", after, timeoutMs: 500 })
        .catch(() => undefined);
      if (!card) continue;
      after = card.seq;
      const code = codeIn(String(card.params.text));
      if (code !== undefined && this.#random() < 0.8) this.#grab(`claim:${code}`);
    }
  }

  stop(): void {
    this.#isOver = true;
  }

  #grab(data: string): void {
    for (const user of this.names.keys()) {
      if (this.#random() < 0.15) continue;
      const hasButton = this.#telegram
        .transcript({ chat: this.group, last: 40 })
        .messages.some(({ buttons }) => buttons.flat().some((button) => button.data === data));
      if (!hasButton) return;
      const pressed = this.#telegram.press({ user, chat: this.group, data });
      if (pressed.type === "callback" && pressed.update_id !== undefined && this.#random() < 0.2)
        this.#telegram.duplicate({ update_id: pressed.update_id });
    }
  }
}
