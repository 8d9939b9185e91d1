/** @import { Pulled } from "../wire.ts" */
/** @import { Posted } from "../wire.ts" */

/**
 * @typedef {| { type: "done", notice?: string }
 *   | { type: "refused", error: string }
 *   | { type: "later", seconds: number | undefined, reached: boolean }} Outcome
 */

const patience = 20_000;

/**
 * Posts once. Without an answer, or when the service asks for it, the same is to be posted again.
 * @param {Posted} body
 * @returns {Promise<Outcome>}
 */
export async function post(body) {
  try {
    const response = await fetch("/chat/messages", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) return { type: "done", ...(await response.json()) };
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      const seconds = Number(response.headers.get("retry-after")) || undefined;
      return { type: "later", seconds, reached: true };
    }
    const { error } = await response.json().catch(() => ({ error: "invalid" }));
    return { type: "refused", error };
  } catch {
    return { type: "later", seconds: undefined, reached: false };
  }
}

/**
 * Asks for what waits; the cursor says what has arrived. Undefined when there is no answer.
 * @param {string} chat
 * @param {number} after
 * @returns {Promise<Pulled | "unreached" | "refused">}
 */
export async function pull(chat, after) {
  try {
    const query = new URLSearchParams({ chat, after: String(after) });
    const response = await fetch(`/chat/messages?${query}`, { signal: AbortSignal.timeout(patience) });
    return response.ok ? await response.json() : "refused";
  } catch {
    return "unreached";
  }
}

/** Makes the service forget this browser. Answers whether it did. */
export async function forget() {
  try {
    const headers = { "content-type": "application/json" };
    return (await fetch("/chat/leave", { method: "POST", headers, keepalive: true })).ok;
  } catch {
    return false;
  }
}

/**
 * Runs something while no other tab of this browser does the same.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function alone(name, run) {
  // Locks exist on https and localhost only; without them two tabs do some work twice, which the service sorts out.
  return navigator.locks ? navigator.locks.request(name, run) : run();
}

/** A version 4 UUID, also where `crypto.randomUUID` is missing (plain http). */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
