import type { Context } from "hono";
import { z } from "zod";

const bindings = z.object({ incoming: z.object({ socket: z.object({ remoteAddress: z.string() }) }) });
const near = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]|^fe80:/i;

/**
 * Finds the network address that a request came from, or nothing when it can't be told. What a reverse proxy says
 * is believed only from our own machine or network, and only its last word: the rest is the sender's claim.
 */
export function remoteAddress(context: Context): string | undefined {
  const parsed = bindings.safeParse(context.env);
  if (!parsed.success) return undefined;
  const { remoteAddress: direct } = parsed.data.incoming.socket;
  if (!near.test(direct)) return direct;
  return context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() || undefined;
}
