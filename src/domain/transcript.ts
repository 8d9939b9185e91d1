import type { UnreadableKind } from "./channel.ts";
import type { StaffWords, Value, Values } from "./prompt.ts";

/**
 * One line of a conversation as staff may read it later: by key and value, so that it is shown in German. Exists only
 * after the person's agreement, and never for what is private.
 */
export type LogEntry =
  | { type: "said"; key: string; values?: Values }
  /** An answer that was taken: texts by key, names of the place, or the words of a question answered in words. */
  | { type: "answered"; question: string; answer: Value }
  /** What a member of staff wrote to the person; `by` is the name shown to colleagues. */
  | { type: "staff"; by: string; words: StaffWords }
  /** What the person wrote to staff, and what they sent that staff can't see. */
  | { type: "wrote"; text: string }
  | { type: "unseen"; kind: UnreadableKind };
