import type { RenderedMessage } from "../../src/domain/prompt.ts";
import type { PageMessage, Pulled } from "./wire.ts";

/** The id of a question on the web. */
export function toRef(message: RenderedMessage): string | undefined {
  return message.token === undefined ? undefined : `q${message.token}`;
}

/** Turns the rows that wait for a contact into the page's JSON; `after` is the cursor that was asked with. */
export function toPulled(chat: string, after: number, rows: { n: number; message: RenderedMessage }[]): Pulled {
  const messages = rows.map(({ n, message }) => toPageMessage(n, message)).sort((a, b) => a.n - b.n);
  return { chat, messages, last: messages.at(-1)?.n ?? after };
}

function toPageMessage(n: number, message: RenderedMessage): PageMessage {
  const { token: _, updates, ...shown } = message;
  const ref = toRef(message);
  return { n, ...shown, ...(ref && { ref }), ...(updates && { updates }) };
}

/**
 * Reads the cursor that the page asks with. A cursor of another conversation (the cookie was lost) counts as
 * none: it would confirm messages that were never seen.
 */
export function toCursor(chat: string, query: { after?: string | undefined; chat?: string | undefined }): number {
  return query.chat === chat && /^\d{1,12}$/.test(query.after ?? "") ? Number(query.after) : 0;
}
