import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { IncomingMessage, Receipt } from "../domain/channel.ts";
import type { Keyring } from "../store/keyring.ts";
import { isConnectionLoss, isFault } from "../store/pool.ts";
import { loadSessions } from "../store/sessions.ts";
import { type Carried, carryAlong } from "./along.ts";
import { codeOf, isPassing, type Outcome, writeBatch } from "./batch.ts";
import { type Caller, Callers } from "./callers.ts";
import type { Desk } from "./desk.ts";
import type { Dispatch } from "./dispatch.ts";
import { SeenLately } from "./seen-lately.ts";
import type { Surroundings } from "./surroundings.ts";
import { type Taken, takeTurns, whereOf } from "./take-turns.ts";

/** Takes a turn in a transaction of its own; answers it as it was finished, or nothing when the session had changed. */
export type TakeAlone = (taken: Taken) => Promise<Taken | undefined>;

interface Options {
  keyring: Keyring;
  dispatch: Dispatch;
  around: Surroundings;
  takeAlone: TakeAlone;
  desk: Desk;
  /** Tells a receiver that pulls that there is something. */
  hint(caller: Caller): unknown;
  /** Staff hear that the person wrote to them about a case. After the commit; what is lost here is found by a sweep. */
  tellStaff(caseId: string): void;
}

const largestBatch = 64;
/** How long a batch may be written before the next one no longer waits for it (ms). */
const usualBatch = 20;
/** A message that could not be taken for so long is given back: the platform delivers it again. */
const longestWait = 20_000;
const pauseAfterLoss = 50;

/**
 * Takes the turns of all contacts: one after another for each, different contacts together. What queued up while the
 * last load or commit was under way shares the next one.
 */
export class Turns {
  readonly #options: Options;
  readonly #callers: Callers;
  readonly #seenLately = new SeenLately();
  readonly #inUse = new Set<Client>();
  #toLoad: Caller[] = [];
  #ready: Caller[] = [];
  #loading = false;
  #pumpSoon = false;
  /** When the latest batch went out (ms, monotonic). */
  #begun = 0;
  #waiting: NodeJS.Timeout | undefined;
  #impatience: NodeJS.Timeout;

  constructor(options: Options) {
    this.#options = options;
    this.#callers = new Callers(options.keyring.hashAddress);
    this.#impatience = setInterval(() => this.#giveBack(), 1000);
    this.#impatience.unref();
  }

  /** Accepts a message. Resolves when its effect is durable; rejects when the platform shall deliver it again. */
  receive(message: IncomingMessage): Promise<Receipt> {
    if (this.#seenLately.has(message.id)) return Promise.resolve({});
    const caller = this.#callers.of(message);
    return new Promise((resolve, reject) => {
      caller.queue.push({ message, since: Date.now(), resolve, reject });
      if (!caller.busy) {
        caller.busy = true;
        this.#next(caller);
      }
    });
  }

  /** Resolves when nothing that was accepted is waiting any more, or after `patience` ms. */
  async settle(patience: number): Promise<void> {
    const end = Date.now() + patience;
    while (Date.now() < end && !this.#callers.busy()[Symbol.iterator]().next().done)
      await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(this.#impatience);
  }

  #next(caller: Caller): void {
    (caller.session ? this.#ready : this.#toLoad).push(caller);
    if (this.#pumpSoon) return;
    this.#pumpSoon = true;
    setImmediate(() => this.#pump());
  }

  #pump(): void {
    this.#pumpSoon = false;
    const owner = this.#options.dispatch.ownerNow;
    if (!owner) {
      if (this.#toLoad.length + this.#ready.length > 0) void this.#options.dispatch.owner().then(() => this.#pump());
      return;
    }
    if (this.#toLoad.length > 0 && !this.#loading) {
      this.#loading = true;
      void this.#load(owner.load, this.#toLoad.splice(0, largestBatch));
    }
    for (const client of owner.commit) {
      if (this.#ready.length === 0) break;
      if (this.#inUse.has(client)) continue;
      if (this.#isSoonBack()) break;
      this.#inUse.add(client);
      this.#begun = performance.now();
      void this.#run(client, owner.number, this.#ready.splice(0, largestBatch)).finally(() => {
        this.#inUse.delete(client);
        this.#pump();
      });
    }
  }

  /**
   * Whether a batch that is being written will be back before another one is worth its cost: one large batch is cheaper
   * than two. The second connection is there for a batch that has to wait, and for more than one takes.
   */
  #isSoonBack(): boolean {
    if (this.#inUse.size === 0 || this.#ready.length >= largestBatch) return false;
    const rest = this.#begun + usualBatch - performance.now();
    if (rest <= 0) return false;
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined;
      this.#pump();
    }, rest);
    return true;
  }

  async #load(client: Client, callers: Caller[]): Promise<void> {
    try {
      const { sessions, seen, unreadable } = await loadSessions(
        client,
        this.#options.keyring,
        callers.map((caller) => caller.addressHash),
        callers.flatMap((caller) => caller.queue.map(({ message }) => message.id)),
      );
      for (const caller of callers) {
        caller.session = sessions.get(caller.addressHash.toString("latin1"));
        caller.seen = new Set(caller.queue.map(({ message }) => message.id).filter((id) => seen.has(id)));
      }
      for (const caller of callers) {
        if (unreadable.has(caller.addressHash.toString("latin1")))
          this.#refuse(caller, new Error("unreadable session"));
        else this.#ready.push(caller);
      }
    } catch (error) {
      if (isConnectionLoss(error)) {
        this.#toLoad.unshift(...callers);
        // A broken connection fails at once, without input or output: trying again at once would never let anybody hear
        // that it broke.
        await sleep(pauseAfterLoss);
      } else for (const caller of callers) this.#refuse(caller, error);
    } finally {
      this.#loading = false;
      this.#pump();
    }
  }

  async #run(client: Client, owner: number, callers: Caller[]): Promise<void> {
    const { dispatch, around } = this.#options;
    const together: Carried[] = [];
    for (const caller of callers) {
      const taken = takeTurns(caller, (id) => this.#seenLately.has(id), around);
      if (!taken.messages.some(({ repeated }) => !repeated)) {
        this.#done(taken);
        continue;
      }
      const carried = this.#carry(taken);
      if (carried) together.push(carried);
      else void this.#runAlone(taken);
    }
    if (together.length === 0) return;
    let outcome: Outcome;
    try {
      outcome = await writeBatch(together, { client, owner }, this.#options);
    } catch (error) {
      const batch = together.map(({ taken }) => taken);
      this.#failed(batch, error);
      return;
    }
    for (const taken of outcome.overtaken) this.#again(taken);
    // The platform is answered first: it may be waiting, the person is not yet.
    for (const { taken } of outcome.written) this.#written(taken);
    for (const { taken, send } of outcome.written) if (taken.session.isOwn) dispatch.add(owner, send);
    // Another process may have written rows before these, which this one has not heard of yet.
    const shared = outcome.written.filter(({ taken, send }) => !taken.session.isOwn && send.length > 0);
    void dispatch.wake(shared.map(({ taken }) => taken.session.contactId));
    dispatch.fetch(outcome.carded);
  }

  /** What a batch can write of a turn; nothing where it has to go alone. */
  #carry(taken: Taken): Carried | undefined {
    if (taken.caller.alone) return undefined;
    try {
      return carryAlong(taken, this.#options.around, this.#options.desk);
    } catch {
      // Alone it fails in the same way, and there it is told and answered.
      return undefined;
    }
  }

  async #runAlone(taken: Taken): Promise<void> {
    try {
      const finished = await this.#options.takeAlone(taken);
      if (finished) this.#written(finished);
      else this.#again(taken);
    } catch (error) {
      this.#failed([taken], error);
    }
  }

  #written(taken: Taken): void {
    const { caller, session, after, outgoing } = taken;
    const [version, sent] = [session.version + 1, session.sent + outgoing.length];
    caller.session = { ...session, ...after, version, sent, isOwn: true };
    caller.alone = false;
    caller.faulty = undefined;
    for (const { waiting, repeated } of taken.messages) if (!repeated) this.#seenLately.add(waiting.message.id);
    this.#done(taken);
    this.#options.hint(caller);
    if (taken.isForStaff && session.talking !== undefined) this.#options.tellStaff(session.talking);
  }

  /** Answers the platform, and goes on with what came meanwhile. */
  #done(taken: Taken): void {
    for (const { waiting } of taken.messages) waiting.resolve({});
    const { caller } = taken;
    if (caller.queue.length > 0) this.#next(caller);
    else caller.busy = false;
  }

  /** The session is not as it was thought to be: everything once more, from the database. */
  #again(taken: Taken): void {
    const { caller } = taken;
    caller.queue.unshift(...taken.messages.map(({ waiting }) => waiting));
    caller.session = undefined;
    this.#next(caller);
  }

  #failed(batch: Taken[], error: unknown): void {
    const passing = isPassing(error);
    const only = batch.length === 1 ? batch[0] : undefined;
    if (!passing && only?.open && only.caller.faulty !== only.open.message.id && isFault(error)) {
      // What this turn asks for fails each time: the person gets an apology, and the next message works.
      only.caller.faulty = only.open.message.id;
      this.#tell(error);
      this.#again(only);
      return;
    }
    if (!passing && only) {
      for (const { waiting } of only.messages) only.caller.queue.unshift(waiting);
      this.#refuse(only.caller, error);
      return;
    }
    for (const taken of batch) {
      // A fault that stays shall not take the others with it, so each goes alone from here.
      if (!passing) taken.caller.alone = true;
      this.#again(taken);
    }
  }

  /** Names the fault, and nothing that the person said. */
  #tell(error: unknown): void {
    const code = codeOf(error) === undefined ? "" : ` ${String(codeOf(error))}`;
    const name = error instanceof Error ? error.name : "no error";
    this.#options.around.log.error(`a turn could not be written: ${name}${code} ${whereOf(error)}`);
  }

  #refuse(caller: Caller, error: unknown): void {
    this.#tell(error);
    caller.session = undefined;
    caller.alone = false;
    caller.busy = false;
    for (const waiting of caller.queue.splice(0)) waiting.reject(new Error("not taken; deliver again"));
  }

  /** Gives back what has waited too long for a database that is not there. */
  #giveBack(): void {
    if (this.#options.dispatch.ownerNow) return;
    const limit = Date.now() - longestWait;
    for (const caller of this.#callers.busy())
      for (const waiting of caller.queue.splice(0)) {
        if (waiting.since > limit) caller.queue.push(waiting);
        else waiting.reject(new Error("not taken; deliver again"));
      }
  }
}
