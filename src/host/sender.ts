import type { Bot } from "../domain/bot.ts";
import type { ChannelName } from "../domain/channel.ts";
import { SendError } from "../domain/channel.ts";
import type { Log } from "../domain/log.ts";
import type { FileContent, Render, RenderedMessage } from "../domain/prompt.ts";
import type { LaneRow } from "../store/lanes.ts";

/** What the sender needs done around it. */
export interface SenderHost {
  bots: ReadonlyMap<ChannelName, Bot>;
  render: Render;
  log: Log;
  /** The row is sent: it leaves the outbox with the next batch of marks. */
  sent(row: LaneRow, ref: string | undefined): void;
  /** The row will never be sent. */
  dropped(row: LaneRow, reason: string): Promise<void>;
  /** The person is gone from the channel. */
  stopped(row: LaneRow): Promise<void>;
  /** A file that a row sends; undefined when it is gone, because it was sent before, erased, or became too old. */
  openFile(id: string): Promise<FileContent | undefined>;
  /** The platform's id of the card that this row's card replaces, if one was sent. */
  cardRef(row: LaneRow, code: string): Promise<string | undefined>;
}

const longestWait = 30_000;

interface Lane {
  queue: LaneRow[];
  /** Numbers of the newest row it was given, of the row under way, and of the newest one that is not to be tried again. */
  last: number;
  current: number;
  gone: number;
}

/** Sends rows: in order within a lane, lanes side by side. Rows come in opened; the outbox remains the truth. */
export class Sender {
  readonly #host: SenderHost;
  readonly #lanes = new Map<string, Lane>();
  readonly #heldUntil = new Map<ChannelName, number>();
  #waits = new AbortController();
  #underWay = 0;
  #idle: (() => void)[] = [];

  constructor(host: SenderHost) {
    this.#host = host;
  }

  /** Appends a row to its lane, unless the lane has it already. */
  add(row: LaneRow): void {
    const lane = this.#lanes.get(row.lane);
    if (lane) {
      if (row.n <= lane.last) return;
      lane.last = row.n;
      lane.queue.push(row);
      return;
    }
    const started: Lane = { queue: [row], last: row.n, current: 0, gone: 0 };
    this.#lanes.set(row.lane, started);
    void this.#drain(row.lane, started);
  }

  /** Forgets what waits; what is under way is finished. Resolves when nothing is under way any more. */
  async forget(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.queue.length = 0;
    this.#waits.abort();
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#lanes.clear();
    this.#waits = new AbortController();
  }

  /** Number of the last row that a lane was given, if it has rows. */
  lastOf(id: string): number {
    return this.#lanes.get(id)?.last ?? 0;
  }

  /** Forgets what waits in one lane up to a number and is not among these rows. */
  keepOnly(id: string, upTo: number, rows: LaneRow[]): void {
    const lane = this.#lanes.get(id);
    if (!lane) return;
    const left = new Set(rows.filter((row) => row.lane === id).map((row) => row.n));
    lane.queue = lane.queue.filter(({ n }) => n > upTo || left.has(n));
    // What waits for another try is not in the queue any more.
    if (lane.current <= upTo && !left.has(lane.current)) lane.gone = lane.current;
  }

  /** Forgets what waits in one lane. */
  forgetLane(id: string): void {
    const lane = this.#lanes.get(id);
    if (!lane) return;
    lane.queue.length = 0;
    lane.gone = lane.last;
  }

  async #drain(id: string, lane: Lane): Promise<void> {
    this.#underWay++;
    const { signal } = this.#waits;
    for (;;) {
      const row = lane.queue.shift();
      if (!row) break;
      lane.current = row.n;
      await this.#deliver(row, lane, signal);
    }
    this.#lanes.delete(id);
    if (--this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #deliver(row: LaneRow, lane: Lane, signal: AbortSignal): Promise<void> {
    for (let tries = 0; !signal.aborted && lane.gone < row.n; tries++) {
      if (row.expiresAt !== undefined && Date.now() > row.expiresAt) return this.#host.dropped(row, "expired");
      const held = (this.#heldUntil.get(row.channel) ?? 0) - Date.now();
      if (held > 0) {
        await wait(held, signal);
        continue;
      }
      try {
        const ref = await this.#send(row);
        return this.#host.sent(row, ref);
      } catch (error) {
        const pause = await this.#failed(row, error, tries);
        if (pause === undefined) return;
        await wait(pause, signal);
      }
    }
  }

  async #send(row: LaneRow): Promise<string | undefined> {
    const bot = this.#host.bots.get(row.channel);
    if (!bot) throw new SendError("misconfigured", `the channel ${row.channel} is not set up`);
    let rendered: RenderedMessage;
    try {
      rendered = this.#host.render(row.message);
    } catch (cause) {
      throw new SendError("rejected", "the message could not be put into words", { cause });
    }
    const updates = row.message.type === "card" ? await this.#host.cardRef(row, row.message.card.code) : undefined;
    if (row.message.type === "file") rendered = { ...rendered, file: await this.#openFile(row.message.file) };
    const { ref } = await bot.send(row.address, updates ? { ...rendered, updates } : rendered);
    return ref;
  }

  async #openFile(id: string): Promise<FileContent> {
    const file = await this.#host.openFile(id).catch((cause: unknown) => {
      throw new SendError("unreachable", "a file could not be read", { cause });
    });
    if (!file) throw new SendError("rejected", "the file is gone");
    return file;
  }

  /** What to do after a failure: how long to wait before the next try, or nothing when there is none. */
  async #failed(row: LaneRow, error: unknown, tries: number): Promise<number | undefined> {
    const { log } = this.#host;
    if (!(error instanceof SendError)) {
      log.error(`sending on ${row.channel} failed unexpectedly: ${error instanceof Error ? error.name : "no error"}`);
      return Math.min(1000 * 2 ** tries, longestWait);
    }
    switch (error.failure) {
      case "throttled":
        return (error.retryAfter ?? 1) * 1000;
      case "unreachable":
        return Math.min(200 * 2 ** tries, longestWait);
      case "misconfigured":
        // Once, not for each of the lanes that were under way.
        if (tries === 0 && (this.#heldUntil.get(row.channel) ?? 0) <= Date.now())
          log.error(`nothing can be sent on ${row.channel}: ${error.message}`);
        this.#heldUntil.set(row.channel, Date.now() + longestWait);
        return longestWait;
      case "rejected":
        log.error(`a message on ${row.channel} was refused: ${error.message}`);
        await this.#host.dropped(row, "rejected");
        return undefined;
      case "stopped":
        await this.#host.dropped(row, "stopped");
        if (!row.room && !this.#lanes.get(row.lane)?.queue.length) await this.#host.stopped(row);
        return undefined;
    }
  }
}

/** Waits, or returns at once when it is told to stop. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
