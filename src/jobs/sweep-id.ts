import { createHash } from "node:crypto";

/**
 * The id of a message that a sweep makes: the same for the same occasion, so that it takes effect once. Ids of messages
 * are kept for days; this one does not name whom it is for, and outlives nobody's erasure as a trace.
 */
export function sweepId(kind: string, contactId: string, at: number): string {
  return `${kind}:${createHash("sha256").update(`${kind} ${contactId} ${at}`).digest("base64url").slice(0, 22)}`;
}
