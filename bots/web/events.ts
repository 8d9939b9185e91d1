import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

/** Calls the listener whenever something waits for this address; returns how to end that. */
export type OnHint = (address: string, listener: () => void) => () => void;

const hintEvent = "event: hint\ndata:\n\n";
const heartbeat = 25_000;
/** Tabs of one browser that may listen at the same time; the oldest makes room. */
const perAddress = 6;

/** The open event streams. They carry no content, only that there is something to pull. */
export class EventStreams {
  readonly #streams = new Map<string, Set<{ hint: () => void; end: () => void }>>();
  readonly #onHint: OnHint | undefined;
  #stopped = false;

  /** `onHint` tells of hints from elsewhere (another process); those of this one come by `hint`. */
  constructor(onHint?: OnHint) {
    this.#onHint = onHint;
  }

  /** Tells all pages of an address that something waits for them. */
  hint(address: string): void {
    for (const stream of this.#streams.get(address) ?? []) stream.hint();
  }

  /** Answers a request with an event stream that lives until the page goes or `stop` is called. */
  open(context: Context, address: string): Response {
    context.header("X-Accel-Buffering", "no");
    return streamSSE(context, async (stream) => {
      if (this.#stopped) return;
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      // A page that does not read makes no queue: one hint that waits says as much as ten.
      let writing = false;
      let waiting = false;
      const write = async (text: string): Promise<void> => {
        writing = true;
        await stream.write(text);
        writing = false;
        if (!waiting) return;
        waiting = false;
        await write(hintEvent);
      };
      const hint = () => {
        if (writing) waiting = true;
        else void write(hintEvent);
      };
      const release = this.#add(address, { hint, end });
      const off = this.#onHint?.(address, hint);
      const beat = setInterval(() => writing || void write(":\n\n"), heartbeat);
      stream.onAbort(end);
      // Something may have come before the stream was open.
      void write(`retry: 3000\n${hintEvent}`);
      await ended;
      clearInterval(beat);
      off?.();
      release();
    });
  }

  /** Ends all streams; later ones end at once. */
  stop(): void {
    this.#stopped = true;
    for (const streams of this.#streams.values()) for (const stream of streams) stream.end();
  }

  #add(address: string, stream: { hint: () => void; end: () => void }): () => void {
    const streams = this.#streams.get(address) ?? new Set();
    this.#streams.set(address, streams.add(stream));
    if (streams.size > perAddress) streams.values().next().value?.end();
    return () => {
      streams.delete(stream);
      if (streams.size === 0) this.#streams.delete(address);
    };
  }
}
