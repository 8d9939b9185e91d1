import type { ChannelName, IncomingMessage, Receipt } from "../domain/channel.ts";
import type { LoadedSession } from "../store/sessions.ts";

/** A message that waits for its turn. */
export interface Waiting {
  message: IncomingMessage;
  /** When it was accepted (ms). */
  since: number;
  resolve(receipt: Receipt): void;
  reject(error: Error): void;
}

/** A contact as this process sees it between messages: what waits, and its session as last known. */
export interface Caller {
  addressHash: Buffer;
  channel: ChannelName;
  account: string;
  address: string;
  queue: Waiting[];
  /** Being loaded, in a batch, or in line for either. */
  busy: boolean;
  /** A guess, proven by the version check of each commit. Undefined: to be loaded. */
  session: LoadedSession | undefined;
  /** Ids of waiting messages that are known to have been seen. */
  seen: Set<string>;
  /** Takes its turn in a transaction of its own, because a batch with it failed. */
  alone: boolean;
  /** Id of the message whose turn could not be written: it gets an apology. */
  faulty: string | undefined;
}

/** Callers kept in memory. Sessions are a few kilobytes each; who was here longest ago is forgotten first. */
const kept = 4000;

/** The contacts that this process knows at the moment. */
export class Callers {
  readonly #byHash = new Map<string, Caller>();

  /** The caller of a message, by the hash of its address. */
  of(message: IncomingMessage, addressHash: Buffer): Caller {
    const key = addressHash.toString("latin1");
    const known = this.#byHash.get(key);
    if (known) return known;
    const { channel, account, address } = message;
    const caller: Caller = {
      addressHash,
      channel,
      account,
      address,
      queue: [],
      busy: false,
      session: undefined,
      seen: new Set(),
      alone: false,
      faulty: undefined,
    };
    this.#byHash.set(key, caller);
    if (this.#byHash.size > kept) this.#forgetSome();
    return caller;
  }

  /** Who is waiting or being served. */
  *busy(): Iterable<Caller> {
    for (const caller of this.#byHash.values()) if (caller.busy) yield caller;
  }

  #forgetSome(): void {
    for (const [key, caller] of this.#byHash) {
      if (!caller.busy) this.#byHash.delete(key);
      if (this.#byHash.size <= kept * 0.9) return;
    }
  }
}
