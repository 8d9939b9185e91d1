import type { Context } from "hono";
import { streamSSE } from "hono/streaming";

// Shorter than the limits of usual proxies for a silent connection.
const pulseMs = 25_000;
// Then the browser connects again, and whoever signed out meanwhile is refused.
const lifeMs = 10 * 60_000;

/** Tells a page that cases changed, until the page is closed or `mayStay` says no. */
export function streamChanges(
  context: Context,
  onChange: (listener: () => void) => () => void,
  mayStay: () => Promise<boolean>,
): Response {
  context.header("x-accel-buffering", "no");
  return streamSSE(context, async (stream) => {
    let finish = () => {};
    const tell = async (send: () => Promise<unknown>) => {
      // Without an answer (the database is away) nothing is told; the page looks by itself from time to time.
      const stays = await mayStay().catch(() => undefined);
      if (stays === false) finish();
      else if (stays) await send();
    };
    const unsubscribe = onChange(() => void tell(() => stream.writeSSE({ data: "cases" })));
    const end = Date.now() + lifeMs;
    try {
      await stream.writeSSE({ data: "connected", event: "connected" });
      await new Promise<void>((resolve) => {
        const pulse = setInterval(() => {
          void tell(() => stream.write(": \n\n"));
          if (Date.now() > end) finish();
        }, pulseMs);
        finish = () => {
          clearInterval(pulse);
          resolve();
        };
        stream.onAbort(() => finish());
      });
    } finally {
      unsubscribe();
    }
  });
}
