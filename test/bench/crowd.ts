import { setTimeout as sleep } from "node:timers/promises";
import { codeIn } from "../walks/code.ts";
import type { Plan } from "../walks/plan.ts";
import { BotApi, type SendCall } from "./bot-api.ts";
import { readCpu } from "./cpu.ts";
import type { Order, Reports, TimeReport, Transcript, WalkReport } from "./crowd-orders.ts";
import { type Ledger, Person } from "./person.ts";
import { quantiles } from "./quantiles.ts";
import { WebhookClient } from "./webhook-client.ts";

type Walking = Extract<Order, { type: "walk" }>;

const longestSilence = 30_000;
/** Long enough for everything that a message led to, also to what goes to staff. */
const recordingPause = 60;

/** Many scripted people, and the Bot API server between them and the bots. */
export class Crowd {
  readonly #api: BotApi;
  readonly #webhooks = new Map<string, WebhookClient>();
  readonly #people = new Map<number, Person>();
  #onCall: (call: SendCall) => void = () => {};
  #calls = 0;
  #lastPerson = 1_000_000_000;
  #lastUpdate = 100_000_000;

  constructor() {
    this.#api = new BotApi({
      sent: (call) => {
        this.#calls++;
        this.#onCall(call);
        this.#people.get(call.chat)?.see(call);
      },
      webhookSet: (token, url, secret) => {
        this.#webhooks.get(token)?.close();
        this.#webhooks.set(token, new WebhookClient(url, secret));
      },
    });
  }

  /** Starts to listen and returns the address of the Bot API. */
  listen(): Promise<string> {
    return this.#api.listen();
  }

  readonly orders: { [T in Order["type"]]: (order: Extract<Order, { type: T }>) => Promise<Reports[T]> } = {
    connected: async ({ token, patience }) => {
      const end = Date.now() + patience;
      for (;;) {
        const webhook = this.#webhooks.get(token);
        if (webhook && (await webhook.isOpen())) return true;
        if (Date.now() > end) throw new Error("the bot set no webhook, or does not listen there");
        await sleep(2);
      }
    },
    forget: async ({ token }) => {
      this.#webhooks.get(token)?.close();
      this.#webhooks.delete(token);
      return true;
    },
    walk: (order) => this.#walk(order),
    record: async ({ token, plans }) => {
      const transcripts: Transcript[] = [];
      for (const plan of plans) transcripts.push(await this.#record(token, plan));
      return transcripts;
    },
    time: async ({ token, plan, every, processes }) => {
      const ledger = this.#newLedger();
      const cpu: TimeReport["cpu"] = [];
      let messages = 0;
      ledger.onMessage = () => {
        if (messages++ % every === 0) cpu.push(readCpu(processes));
      };
      await this.#finish(token, plan, ledger);
      return { replied: ledger.replied, cpu };
    },
  };

  async #walk({ token, people, atOnce, plans }: Walking): Promise<WalkReport> {
    const ledger = this.#newLedger();
    const notices: string[] = [];
    this.#onCall = ({ chat, rest }) => {
      const code = chat < 0 ? codeIn(rest) : undefined;
      if (code !== undefined) notices.push(code);
    };
    this.#calls = 0;
    let begun = 0;
    let messages = 0;
    const goOn = async (): Promise<void> => {
      while (begun++ < people) {
        const id = ++this.#lastPerson;
        const plan = plans[id % plans.length];
        if (!plan) throw new Error("no plans");
        const sent = await this.#finish(token, plan, ledger, id);
        messages += sent;
      }
    };
    const cpu = process.cpuUsage();
    const began = performance.now();
    await Promise.all(Array.from({ length: atOnce }, goOn));
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    // The notices of the last cases may still be on their way.
    for (let tries = 0; notices.length < ledger.codes.length && tries < 750; tries++) await sleep(20);
    const { accepted, replied, ...rest } = ledger;
    return {
      messages,
      seconds,
      accepted: quantiles(accepted),
      replied: quantiles(replied),
      codes: rest.codes,
      notices,
      calls: this.#calls,
      refused: rest.refused,
      unanswered: rest.unanswered,
      cpu: (user + system) / 1000,
    };
  }

  async #record(token: string, plan: Plan): Promise<Transcript> {
    const transcript: Transcript = [];
    const ledger = this.#newLedger();
    ledger.pause = recordingPause;
    ledger.onMessage = () => void transcript.push([]);
    this.#onCall = ({ chat, method, rest }) =>
      void transcript.at(-1)?.push({ to: chat > 0 ? "person" : "staff", method, rest });
    await this.#finish(token, plan, ledger);
    await sleep(recordingPause);
    return transcript;
  }

  /** Has a new person do all of a plan; resolves with the number of their messages. */
  #finish(token: string, plan: Plan, ledger: Ledger, id = ++this.#lastPerson): Promise<number> {
    const webhook = this.#webhooks.get(token);
    if (!webhook) throw new Error("the bot has no webhook");
    return new Promise((resolve, reject) => {
      const person = new Person(id, plan, webhook, ledger, (failure) => {
        clearInterval(watch);
        this.#people.delete(id);
        if (failure) reject(failure);
        else resolve(person.messages);
      });
      let before = -1;
      const watch = setInterval(() => {
        if (person.messages === before)
          reject(new Error(`bot ${token}, person ${id}, message ${before}: ${person.state}`));
        before = person.messages;
      }, longestSilence);
      this.#people.set(id, person);
      person.begin();
    });
  }

  #newLedger(): Ledger {
    return {
      accepted: [],
      replied: [],
      codes: [],
      refused: 0,
      unanswered: 0,
      nextUpdate: () => ++this.#lastUpdate,
    };
  }
}
