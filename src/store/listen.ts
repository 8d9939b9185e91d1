import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Pool } from "pg";
import { openClient } from "./pool.ts";

/** Tells, over all processes on one database, that cases changed. Only a hint: what changed is read from the tables. */
export interface CaseChanges {
  /** Calls the listener after changes, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Tells everybody, at most a few times a second. After the commit: within it, commits would wait for each other. */
  announce(): void;
  /** Calls the listener when something waits for a contact that pulls, with its address's hash in hexadecimal. */
  onHint(listener: (addressHash: string) => void): void;
  close(): Promise<void>;
}

const pauseMs = 250;
const retryMs = 1_000;

/** Listens on a connection of its own, which is opened anew whenever it breaks. */
export async function listenToCases(url: string, pool: Pool): Promise<CaseChanges> {
  const listeners = new Set<() => void>();
  const hinted = new Set<(addressHash: string) => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let closed = false;
  let client: Client | undefined;
  const connect = async () => {
    const opened = await openClient(url);
    try {
      await opened.query("LISTEN hints");
      await opened.query("LISTEN cases");
    } catch (cause) {
      await opened.end().catch(() => {});
      throw cause;
    }
    if (closed) return opened.end();
    client = opened.on("notification", ({ channel, payload = "" }) => {
      if (channel === "cases") tell();
      else for (const listener of hinted) listener(payload);
    });
    opened.once("end", () => void reconnect());
  };
  const reconnect = async () => {
    while (!closed) {
      await sleep(retryMs, undefined, { ref: false });
      try {
        await connect();
        // Something may have changed while nobody listened.
        return tell();
      } catch {
        // PostgreSQL is not back yet.
      }
    }
  };
  await connect();

  let waiting: NodeJS.Timeout | undefined;
  let again = false;
  const announce = () => {
    if (waiting) {
      again = true;
      return;
    }
    // A lost hint costs a page some seconds: it asks again by itself.
    pool.query("NOTIFY cases").catch(() => {});
    waiting = setTimeout(() => {
      waiting = undefined;
      if (again) {
        again = false;
        announce();
      }
    }, pauseMs);
    waiting.unref();
  };

  return {
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce,
    onHint: (listener) => void hinted.add(listener),
    async close() {
      closed = true;
      clearTimeout(waiting);
      listeners.clear();
      hinted.clear();
      await client?.end();
    },
  };
}
