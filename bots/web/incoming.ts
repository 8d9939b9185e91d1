import type { z } from "zod";
import type { IncomingMessage } from "../../src/domain/channel.ts";
import { toTag } from "./address.ts";
import { posted } from "./wire.ts";

/** The only account: one website per service. */
export const account = "web";

/** Turns a posted body into a message, or into the names of the fields that are wrong. `at` in ms since 1970. */
export function toIncoming(body: unknown, address: string, at: number): IncomingMessage | { wrong: string[] } {
  const parsed = posted.safeParse(body);
  if (!parsed.success) return { wrong: [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))] };
  const { id, hint, ...content } = parsed.data;
  return {
    channel: "web",
    // A first post whose answer is lost comes again without its cookie: then it must count as new.
    id: `web:${toTag(address)}:${id}`,
    account,
    address,
    at,
    content: toContent(content),
    ...(hint && { languageHint: hint }),
  };
}

type Parsed = z.output<typeof posted>;
type ParsedContent = Parsed extends infer P ? (P extends Parsed ? Omit<P, "id" | "hint"> : never) : never;

function toContent(content: ParsedContent): IncomingMessage["content"] {
  if (content.type === "words") return { type: "words", text: content.text };
  if (content.type === "press") {
    return { type: "press", data: content.data, ...(content.ref && { ref: content.ref }) };
  }
  return { type: "start", ...(content.door && { door: content.door }) };
}
