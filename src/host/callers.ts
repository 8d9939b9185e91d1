import type { ChannelName, IncomingMessage, Receipt } from "../domain/channel.ts";
import type { Keyring } from "../store/keyring.ts";
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
  readonly #byAddress = new Map<string, Caller>();
  readonly #hash: Keyring["hashAddress"];

  constructor(hash: Keyring["hashAddress"]) {
    this.#hash = hash;
  }

  /** The caller of a message. */
  of({ channel, account, address }: IncomingMessage): Caller {
    const key = `${channel}\n${account}\n${address}`;
    const known = this.#byAddress.get(key);
    if (known) return known;
    const caller: Caller = {
      addressHash: this.#hash(channel, account, address),
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
    this.#byAddress.set(key, caller);
    if (this.#byAddress.size > kept) this.#forgetSome();
    return caller;
  }

  /** Who is waiting or being served. */
  *busy(): Iterable<Caller> {
    for (const caller of this.#byAddress.values()) if (caller.busy) yield caller;
  }

  #forgetSome(): void {
    for (const [key, caller] of this.#byAddress) {
      if (!caller.busy) this.#byAddress.delete(key);
      if (this.#byAddress.size <= kept * 0.9) return;
    }
  }
}
