import type { Context } from "hono";

const limit = 10;
const windowMs = 10 * 60_000;

/** Counts wrong sign-in tokens per address. In memory: each process may allow the limit once. */
export class BadTokens {
  readonly #counts = new Map<string, { since: number; count: number }>();

  /** Whether the address may try again. */
  mayTry(address: string, now: number): boolean {
    const entry = this.#counts.get(address);
    return !entry || now - entry.since > windowMs || entry.count < limit;
  }

  note(address: string, now: number): void {
    for (const [key, { since }] of this.#counts) if (now - since > windowMs) this.#counts.delete(key);
    const entry = this.#counts.get(address) ?? { since: now, count: 0 };
    entry.count++;
    this.#counts.set(address, entry);
  }
}

/** The address a request comes from; behind a proxy on this machine or network, what the proxy says. */
export function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const peer = incoming?.socket?.remoteAddress ?? "";
  const isNear = /^(::1|(::ffff:)?(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\.|f[cd])/.test(peer);
  // Only the last entry is the proxy's own; those before are whatever the client wrote.
  const forwarded = context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return (isNear && forwarded) || peer;
}
