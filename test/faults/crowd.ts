import type { TelegramDouble } from "../doubles/telegram/index.ts";
import { planOf } from "../walks/plan.ts";
import { type Mischief, meet, type Person, walkAs } from "./person.ts";
import { randomOf } from "./random.ts";

const languages = ["de", "en", "uk", "ar", "ru", "tr", "de-simple"];

/** People who walk through the conversation, so many at once, one after another until told to stop. */
export class Crowd {
  readonly persons: Person[] = [];
  /** Why walks ended early. */
  readonly stuck: string[] = [];
  readonly #telegram: TelegramDouble;
  readonly #mischief: Mischief;
  readonly #seed: number;
  #isOver = false;
  #walking: Promise<void>[] = [];

  constructor(telegram: TelegramDouble, mischief: Mischief, seed: number) {
    this.#telegram = telegram;
    this.#mischief = mischief;
    this.#seed = seed;
  }

  /** So many people begin; for each who arrives, another one begins. With `most`, no more than that in all. */
  begin(atOnce: number, most = Number.POSITIVE_INFINITY): void {
    const one = async () => {
      while (!this.#isOver && this.persons.length < most) await this.#walk();
    };
    this.#walking = Array.from({ length: atOnce }, one);
  }

  /** Nobody else begins; resolves when everybody has arrived, or failed. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.all();
  }

  /** Resolves when nobody walks any more. */
  async all(): Promise<void> {
    await Promise.all(this.#walking);
  }

  async #walk(): Promise<void> {
    const number = this.persons.length;
    const random = randomOf(this.#seed * 100_003 + number);
    const person = meet(this.#telegram, planOf(this.#seed * 7919 + number, languages), number);
    this.persons.push(person);
    // Not both for one person: a copy of a later press may overtake the second tap, which then is an old button.
    const taps = random() < 0.3 ? { twice: 0, late: 0 } : { doubleTap: 0 };
    const mischief = { ...this.#mischief, ...taps, falling: random() < 0.1 };
    try {
      await walkAs(this.#telegram, person, { random, mischief });
    } catch (error) {
      const last = person.deeds.at(-1);
      this.stuck.push(
        `${person.user} after ${person.deeds.length} acts: ${(error as Error).message} ${JSON.stringify(last)}`,
      );
    }
  }
}
