import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Bot } from "../domain/bot.ts";
import type { ChannelName } from "../domain/channel.ts";
import type { Log } from "../domain/log.ts";
import type { Render } from "../domain/prompt.ts";
import { cardRef } from "../store/cards.ts";
import { forgetFile, openFile } from "../store/files.ts";
import type { Keyring } from "../store/keyring.ts";
import { drop, inheritRows, type LaneRow, loadLanes, otherOwners, type SentRow, silence } from "../store/lanes.ts";
import { inherit, type Owner, takeOwner } from "../store/owner.ts";
import { isConnectionLoss } from "../store/pool.ts";
import { KeyError } from "../store/wrapping.ts";
import { Marks } from "./marks.ts";
import { ReadingLanes } from "./reading-lanes.ts";
import { Sender } from "./sender.ts";

export interface DispatchOptions {
  url: string;
  pool: Pool;
  keyring: Keyring;
  bots: ReadonlyMap<ChannelName, Bot>;
  render: Render;
  log: Log;
}

const commitConnections = 2;
const sweepEvery = 1000;
/** What nobody was told of, because a connection broke in between, is found so many sweeps later. */
const sweepsPerLook = 10;
const patienceAtStop = 3000;

/**
 * Sees to it that what is in the outbox is sent, by one process per lane at a time: keeps this process's ownership over
 * restarts of PostgreSQL, takes over what ended processes left, and hears of rows that others wrote for it.
 */
export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #sender: Sender;
  readonly #marks = new Marks();
  readonly #reading: ReadingLanes;
  #owner: Owner | undefined;
  #waiting: ((owner: Owner) => void)[] = [];
  #stopped = false;
  #sweep: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  #sweeps = 0;
  #isUnread = false;
  readonly #toFetch = new Set<string>();
  #fetching = false;

  constructor(options: DispatchOptions) {
    this.#options = options;
    this.#sender = new Sender({
      bots: options.bots,
      render: options.render,
      log: options.log,
      sent: ({ lane, n, message }, ref) => {
        const isCard = message.type === "card" && ref !== undefined;
        if (message.type === "file") void this.#try(() => forgetFile(options.pool, message.file));
        this.#marks.add({ lane, n, ...(isCard && { card: { code: message.card.code, ref } }) });
      },
      dropped: (row, reason) => this.#try(() => drop(options.pool, [{ lane: row.lane, n: row.n, reason }])),
      stopped: (row) => this.#try(() => silence(options.pool, row.lane, row.n)),
      openFile: (id) => openFile(options.pool, options.keyring, id),
      cardRef: async ({ lane }, code) =>
        this.#marks.refOf(lane, code) ?? (await cardRef(this.#owner?.mark ?? options.pool, lane, code)),
    });
    this.#reading = new ReadingLanes((row) => this.#sender.add(row));
  }

  /** Takes ownership and sends what is waiting; goes on in the background. Fails if PostgreSQL is not there. */
  async start(): Promise<void> {
    await this.#own();
    this.#sweep = setInterval(() => void this.#takeOver(), sweepEvery);
  }

  /** This process's connections, as soon as there are any. */
  owner(): Promise<Owner> {
    return this.#owner ? Promise.resolve(this.#owner) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The connections, if they are there now. */
  get ownerNow(): Owner | undefined {
    return this.#owner;
  }

  /** Hands over rows that this process has just written as its own. */
  add(owner: number, rows: LaneRow[]): void {
    if (owner !== this.#owner?.number) return; // Taken over by whoever inherits them.
    this.#reading.add(rows);
  }

  /** Sends what somebody else wrote into these lanes, where this process is the one to send it. */
  async wake(lanes: string[]): Promise<void> {
    const owner = this.#owner;
    if (owner && lanes.length > 0) await this.#try(() => this.#read(owner, lanes));
  }

  /** Rows that were sent and may leave the outbox with the next commit; `giveMarks` tells how that ended. */
  takeMarks(): SentRow[] {
    return this.#marks.take();
  }

  giveMarks(rows: SentRow[], isWritten: boolean): void {
    this.#marks.give(rows, isWritten);
  }

  /** Sends what this process has just put at the end of rooms' lanes. */
  fetch(lanes: string[]): void {
    for (const lane of lanes) this.#toFetch.add(lane);
    if (this.#toFetch.size === 0 || this.#fetching) return;
    this.#fetching = true;
    void this.#fetchAll().finally(() => {
      this.#fetching = false;
    });
  }

  /** Forgets what waits for a contact that wants nothing more. */
  forgetLane(lane: string): void {
    this.#sender.forgetLane(lane);
  }

  /** Finishes what is under way (at most three seconds) and gives the ownership back. What waits stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweep);
    const owner = this.#owner;
    await Promise.race([this.#sender.forget(), sleep(patienceAtStop)]);
    if (owner) await Promise.race([this.#marks.use(owner.mark), sleep(patienceAtStop)]);
    void this.#marks.use(undefined);
    await this.#sweeping;
    await owner?.close();
  }

  async #own(): Promise<void> {
    const owner = await takeOwner(this.#options.url, commitConnections, this.#options.keyring);
    let isLost = false;
    const lost = owner.lost.then(() => {
      isLost = true;
    });
    try {
      owner.heir.on("notification", (news) => void this.wake(news.payload ? [news.payload] : []));
      await owner.heir.query("LISTEN outbox");
      await Promise.race([this.#marks.use(owner.mark), lost]);
      if (isLost || this.#stopped) throw new Error("lost before it was used");
    } catch (error) {
      void this.#marks.use(undefined);
      await owner.close();
      throw error;
    }
    this.#owner = owner;
    // Only of the one that is used: two that look for a new one at once would both find one, and only one would be heard.
    void lost.then(() => this.#lost());
    for (const resolve of this.#waiting.splice(0)) resolve(owner);
    await this.#takeOver();
  }

  async #lost(): Promise<void> {
    if (this.#stopped) return;
    this.#options.log.warn("the connections to PostgreSQL broke; taking new ones");
    this.#owner = undefined;
    void this.#marks.use(undefined);
    // Rows that waited may be somebody else's by now; they come back from the outbox if they are still ours.
    await this.#sender.forget();
    for (let tries = 0; !this.#stopped; tries++) {
      try {
        await this.#own();
        this.#options.log.info("connected to PostgreSQL again");
        return;
      } catch (error) {
        if (error instanceof KeyError) this.#options.log.error(error.message);
        await sleep(Math.min(100 * 2 ** tries, 3000));
      }
    }
  }

  /** Takes over the rows of processes that have ended. */
  async #takeOver(): Promise<void> {
    const owner = this.#owner;
    if (!owner || this.#sweeping) return;
    this.#sweeping = this.#try(async () => {
      const ended = await otherOwners(this.#options.pool, owner.number);
      if (++this.#sweeps % sweepsPerLook === 0) this.#isUnread = true;
      if (ended.length === 0 && !this.#isUnread) return;
      await this.#read(owner, undefined, async () => {
        for (const other of ended) {
          if (!(await inherit(owner.heir, other))) continue;
          await inheritRows(this.#options.pool, other, owner.number);
          this.#isUnread = true;
        }
        return this.#isUnread;
      });
    }).finally(() => {
      this.#sweeping = undefined;
    });
    await this.#sweeping;
  }

  async #fetchAll(): Promise<void> {
    while (this.#toFetch.size > 0) {
      const owner = this.#owner;
      const lanes = [...this.#toFetch].map((lane) => ({ lane, after: this.#sender.lastOf(lane) }));
      this.#toFetch.clear();
      if (!owner) return; // All is read when there is one again.
      await this.#try(async () => {
        const rows = await this.#marks.unsent(() => loadLanes(owner.mark, this.#options.keyring, owner.number, lanes));
        if (owner === this.#owner) for (const row of rows) this.#sender.add(row);
      });
    }
  }

  /** Reads rows of some lanes, or of all, and sends them; unless `prepare`, which comes first, says that there are none. */
  async #read(owner: Owner, lanes?: string[], prepare = async () => true): Promise<void> {
    const { pool, keyring } = this.#options;
    const before = (lanes ?? []).map((lane) => ({ lane, last: this.#sender.lastOf(lane) }));
    const whole = lanes?.map((lane) => ({ lane, after: 0 }));
    try {
      await this.#reading.read(lanes, async () => {
        if (!(await prepare())) return [];
        const rows = await this.#marks.unsent(() => loadLanes(pool, keyring, owner.number, whole));
        if (owner !== this.#owner) return [];
        // What was dropped or replaced since: the person said stop to another process, or a card has a newer one.
        for (const { lane, last } of before) this.#sender.keepOnly(lane, last, rows);
        if (lanes === undefined) this.#isUnread = false;
        return rows;
      });
    } catch (error) {
      // With the next sweep: what came while this was read was not sent either.
      this.#isUnread = true;
      throw error;
    }
  }

  /** Runs work that a lost connection may end: what it was for is found again in the outbox. */
  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isConnectionLoss(error)) this.#options.log.error(`dispatch: ${error instanceof Error ? error.name : "?"}`);
    }
  }
}
