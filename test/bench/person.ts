import { codeIn } from "../walks/code.ts";
import type { Plan } from "../walks/plan.ts";
import { type Act, Walk } from "../walks/walk.ts";
import type { SendCall } from "./bot-api.ts";
import { toBytes } from "./raw-http.ts";
import type { WebhookClient } from "./webhook-client.ts";

/** What a person's talk leaves for the report. */
export interface Ledger {
  accepted: number[];
  replied: number[];
  codes: string[];
  refused: number;
  unanswered: number;
  nextUpdate(): number;
  /** Called before each message. */
  onMessage?(): void;
  /** ms that a person thinks before each message; none if missing. */
  pause?: number;
}

const chosen = '"callback_data":"';

/** One person of the crowd, who answers as soon as the bot has asked and taken the last message. */
export class Person {
  readonly id: number;
  messages = 0;
  readonly #walk: Walk;
  readonly #webhook: WebhookClient;
  readonly #ledger: Ledger;
  readonly #from: string;
  readonly #onEnd: (failure?: Error) => void;
  /** The newest message with buttons, as JSON. */
  #newest = "";
  #postedAt = 0;
  #hasReply = true;
  #isAccepted = true;
  #latest: Act | undefined;
  #nextAct: Act | undefined;
  #code: string | undefined;

  constructor(id: number, plan: Plan, webhook: WebhookClient, ledger: Ledger, onEnd: (failure?: Error) => void) {
    this.id = id;
    this.#walk = new Walk(plan);
    this.#webhook = webhook;
    this.#ledger = ledger;
    this.#onEnd = onEnd;
    this.#from = `{"id":${id},"is_bot":false,"first_name":"Person","language_code":"${plan.language}"}`;
  }

  /** Where the talk is, for whoever wonders why it does not go on. */
  get state(): string {
    const did = JSON.stringify(this.#latest);
    return `${did} was ${this.#isAccepted ? "" : "not "}accepted and ${this.#hasReply ? "" : "not "}answered`;
  }

  begin(): void {
    this.#do(this.#walk.first());
  }

  /** Sees a message of the bot. */
  see({ rest, message }: SendCall): void {
    if (!this.#hasReply) {
      this.#hasReply = true;
      this.#ledger.replied.push(performance.now() - this.#postedAt);
    }
    if (this.#walk.isSent && this.#code === undefined) {
      this.#code = codeIn(rest);
      if (this.#code !== undefined) this.#ledger.codes.push(this.#code);
    }
    const data = dataOf(rest);
    if (data.length === 0) return;
    this.#newest = message;
    const act = this.#walk.next(data);
    if (this.#walk.isDone) this.#onEnd();
    else if (act && this.#isAccepted) this.#do(act);
    else this.#nextAct = act ?? this.#nextAct;
  }

  #do(act: Act): void {
    if (this.#ledger.pause === undefined) this.#post(act);
    else setTimeout(() => this.#post(act), this.#ledger.pause);
  }

  #post(act: Act): void {
    this.#ledger.onMessage?.();
    this.messages++;
    this.#latest = act;
    this.#isAccepted = false;
    this.#hasReply = false;
    const isPress = act.type === "press";
    this.#webhook.post(
      this.#update(act),
      (at) => {
        this.#postedAt = at;
      },
      ({ status, body }) => {
        this.#ledger.accepted.push(performance.now() - this.#postedAt);
        if (status === 0) this.#onEnd(new Error("the program closed the connection"));
        if (status !== 200) this.#ledger.refused++;
        if (isPress && !body.includes("answerCallbackQuery")) this.#ledger.unanswered++;
        this.#isAccepted = true;
        const next = this.#nextAct;
        this.#nextAct = undefined;
        if (next) this.#do(next);
      },
    );
  }

  #update(act: Act): string {
    const id = this.#ledger.nextUpdate();
    const chat = `{"id":${this.id},"first_name":"Person","type":"private"}`;
    if (act.type === "say")
      return `{"update_id":${id},"message":{"message_id":${id},"from":${this.#from},"chat":${chat},"date":${Math.floor(Date.now() / 1000)},"text":${toBytes(JSON.stringify(act.text))}}}`;
    return `{"update_id":${id},"callback_query":{"id":"4${String(id).padStart(17, "0")}","from":${this.#from},"message":${this.#newest},"chat_instance":"-${this.id}","data":"${act.data}"}}`;
  }
}

/** The data of all buttons, found without reading the JSON around them. */
function dataOf(rest: string): string[] {
  const found: string[] = [];
  for (let at = rest.indexOf(chosen); at >= 0; at = rest.indexOf(chosen, at)) {
    at += chosen.length;
    found.push(rest.slice(at, rest.indexOf('"', at)));
  }
  return found;
}
