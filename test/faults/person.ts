import { setTimeout as sleep } from "node:timers/promises";
import type { TelegramDouble } from "../doubles/telegram/index.ts";
import type { Call } from "../doubles/telegram/journal.ts";
import type { SeenMessage } from "../doubles/telegram/verbs/observe.ts";
import { codeIn } from "../walks/code.ts";
import type { Plan } from "../walks/plan.ts";
import { readQuestion } from "../walks/question.ts";
import { type Act, Walk } from "../walks/walk.ts";

/** Something a person did, as the bot is to take it. */
export type Deed = { at: number } & (Act | { type: "block" } | { type: "unblock" });

/** A person on the double: what they do, and what they were told. */
export interface Person {
  /** The person's id, which is the chat's, too. */
  user: number;
  plan: Plan;
  /** Everything that is to have an effect, in order. What was delivered twice stands here once. */
  deeds: Deed[];
  /** Of the case, as the person was told. */
  code: string | undefined;
  isDone: boolean;
  /** Numbers of deeds that may stay without an answer: the person blocked the bot before it could come. */
  maybe: Set<number>;
}

/** How often, per act, something odd happens on the way from the person to the bot. */
export interface Mischief {
  /** The update comes again at the same moment. */
  twice: number;
  /** An earlier update comes again. */
  late: number;
  /** The button is tapped twice: two updates. */
  doubleTap: number;
  /** Words that answer nothing come first. */
  words: number;
  /** The longest pause before an act (ms). */
  pause: number;
  /** The person's updates have falling numbers. */
  falling: boolean;
}

export const gentle: Mischief = { twice: 0, late: 0, doubleTap: 0, words: 0, pause: 0, falling: false };
export const rough: Mischief = {
  twice: 0.15,
  late: 0.1,
  doubleTap: 0.15,
  words: 0.06,
  pause: 200,
  falling: false,
};

/** Stands in all words and names of people here: it may be found in no log and no notice. */
export const mark = "Quittenbrot";

/** Makes a person who is about to walk. */
export function meet(telegram: TelegramDouble, plan: Plan, number: number): Person {
  const { id: user } = telegram.user({
    id: firstId + number,
    first_name: `${mark}${number}`,
    language_code: plan.language,
  });
  return { user, plan, deeds: [], code: undefined, isDone: false, maybe: new Set() };
}

interface Walking {
  random: () => number;
  mischief: Mischief;
  /** How long the bot may say nothing (ms). */
  patience?: number;
  /** Done at each new question, with how many acts came before; answers where in the double's calls to listen from. */
  interlude?: (acts: number) => Promise<number | undefined>;
}

/** Walks to the end of the conversation. Fails when the bot says nothing for too long. */
export async function walkAs(telegram: TelegramDouble, person: Person, walking: Walking): Promise<void> {
  const { random, mischief, patience = 60_000, interlude } = walking;
  const walk = new Walk(person.plan);
  const hand = new Hand(telegram, person, mischief.falling);
  const hear = (after: number): Promise<Call> => telegram.wait({ chat: person.user, after, timeoutMs: patience });
  let next: Act | undefined = walk.first();
  let newest = 0;
  for (let after = 0; !walk.isDone; ) {
    if (next) {
      if (mischief.pause > 0) await sleep(random() * mischief.pause);
      after = Math.max(after, hand.act(next));
      hand.play(next, random, mischief);
    }
    let heard = await hear(after);
    const isNew = tokenOf(heard) > newest;
    newest = Math.max(newest, tokenOf(heard));
    let since = isNew ? await interlude?.(person.deeds.length) : undefined;
    if (isNew && person.deeds.length > 3 && random() < mischief.words)
      since = hand.act({ type: "say", text: `${mark}?` });
    if (since !== undefined) {
      // The question comes again under a new number; messages before it may come again, too. Words and presses are not
      // kept in order by the platform, so nothing is pressed before.
      do heard = await hear(Math.max(since, heard.seq));
      while (tokenOf(heard) <= newest);
      newest = tokenOf(heard);
    }
    after = heard.seq;
    if (walk.isSent) person.code ??= codeIn(String(heard.params.text));
    next = walk.next(dataOf(heard));
  }
  person.isDone = true;
}

/** Ids of people begin here: long enough to be told from any other number. */
const firstId = 5_550_000_000;
/** What must be found in no log and no notice: words and names, ids, and the phone number that walks give. */
export const personal = new RegExp(`${mark}|555\\d{7}|5251 ?123456`);

let fallen = 50_000_000;

/** What a person's acts become on the double. */
class Hand {
  readonly #telegram: TelegramDouble;
  readonly #person: Person;
  readonly #falling: boolean;
  readonly #sent: number[] = [];

  constructor(telegram: TelegramDouble, person: Person, falling: boolean) {
    this.#telegram = telegram;
    this.#person = person;
    this.#falling = falling;
  }

  /** Does it, and answers the double's `seq` before it. */
  act(deed: Act): number {
    const { user, deeds } = this.#person;
    deeds.push({ at: Date.now(), ...deed });
    const sent = this.#falling
      ? this.#fall(deed)
      : deed.type === "say"
        ? this.#telegram.say({ user, text: deed.text })
        : this.#telegram.press({ user, data: deed.data });
    if ("update_id" in sent && sent.update_id !== undefined) this.#sent.push(sent.update_id);
    return sent.seq;
  }

  /** Lets what was sent arrive again, as chance wants it. */
  play(deed: Act, random: () => number, { twice, late, doubleTap }: Mischief): void {
    const newest = this.#sent.at(-1);
    if (newest !== undefined && random() < twice) this.#telegram.duplicate({ update_id: newest, times: 2 });
    const earlier = this.#sent[Math.floor(random() * this.#sent.length)];
    if (earlier !== undefined && random() < late) this.#telegram.duplicate({ update_id: earlier });
    if (deed.type === "press" && !this.#falling && random() < doubleTap)
      this.#telegram.press({ user: this.#person.user, data: deed.data });
  }

  /** The same as an update whose number is lower than any before. */
  #fall(deed: Act): { update_id: number; seq: number } {
    const { user } = this.#person;
    const chat = { id: user, type: "private", first_name: `${mark}` };
    const from = { id: user, is_bot: false, first_name: `${mark}`, language_code: this.#person.plan.language };
    const date = Math.floor(Date.now() / 1000);
    const update_id = --fallen;
    if (deed.type === "say") {
      const message = { message_id: 2_000_000_000 - update_id, from, chat, date, text: deed.text };
      return this.#telegram.inject({ update: { update_id, message }, queue: `chat ${user}`, chat: user });
    }
    const isPressed = ({ buttons }: SeenMessage) => buttons.flat().some(({ data }) => data === deed.data);
    const pressed = this.#telegram.transcript({ chat: user }).messages.findLast(isPressed);
    if (!pressed) throw new Error(`there is no button ${deed.data}`);
    const message = { message_id: pressed.message_id, chat, date };
    const query = { id: String(update_id), from, message, chat_instance: "1", data: deed.data };
    return this.#telegram.inject({
      update: { update_id, callback_query: query },
      queue: `presses ${user}`,
      chat: user,
    });
  }
}

/** Number of the question that a message asks; 0 when it asks none. */
function tokenOf(call: Call): number {
  return readQuestion(dataOf(call))?.token ?? 0;
}

function dataOf({ params }: Call): string[] {
  const { inline_keyboard: rows = [] } = (params.reply_markup ?? {}) as {
    inline_keyboard?: { callback_data?: string }[][];
  };
  return rows.flat().flatMap(({ callback_data: data }) => (data === undefined ? [] : [data]));
}
