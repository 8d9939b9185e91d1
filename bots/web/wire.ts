import { z } from "zod";
import type { Button } from "../../src/domain/prompt.ts";

const common = {
  /** Made by the page; the same when it tries again. */
  id: z.uuid(),
  /** The page's language, BCP 47. */
  hint: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/)
    .optional(),
};

/** What the page posts, as the service takes it. */
export const posted = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("words"), text: z.string().min(1) }),
  z.strictObject({
    ...common,
    type: z.literal("press"),
    data: z.string().min(1).max(256),
    ref: z
      .string()
      .regex(/^q\d{1,12}$/)
      .optional(),
  }),
  z.strictObject({
    ...common,
    type: z.literal("start"),
    door: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .optional(),
  }),
]);

export type Posted = z.input<typeof posted>;

/** A message as the page gets it. */
export interface PageMessage {
  /** Its number in the contact's lane, growing. */
  n: number;
  /** Id of a question, which presses send back and later messages may update. */
  ref?: string;
  /** The message with this ref is replaced in its place. */
  updates?: string;
  text: string;
  language: string;
  direction: "ltr" | "rtl";
  buttons: Button[];
  standing: Button[];
  links: { label: string; url: string }[];
  multiple: boolean;
}

/** What the page gets when it asks for messages. */
export interface Pulled {
  /** Names the conversation: when it changes, numbers start again. */
  chat: string;
  messages: PageMessage[];
  /** The cursor to ask with next: by it the page says what it has. */
  last: number;
}
