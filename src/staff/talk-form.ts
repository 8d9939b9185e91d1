import { createHash } from "node:crypto";
import { z } from "zod";
import type { Filled } from "../conversation/prepared.ts";
import { type FieldFault, fieldsOf, type PreparedKey, preparedKeys } from "../domain/prepared.ts";
import type { StaffWords } from "../domain/prompt.ts";
import { longestWords } from "../domain/talk.ts";
import type { TalkTools } from "./talk-tools.ts";

/** What somebody typed to be sent to a person: a prepared message with its fields, or words of their own. */
export interface TalkForm {
  /** State of the talk when the form was made: the same words with it are sent once. */
  id: string;
  message: PreparedKey | undefined;
  fields: Filled;
  text: string;
  language: string;
  /** It is settled that the phone is safe. */
  anyway: boolean;
  /** Print of the words that a preview was shown of. */
  previewed: string;
  wantsToSend: boolean;
}

/** What is wrong, by field. */
export type Faults = { [field: string]: FieldFault };

const said = z.string().catch("");
const posted = z.looseObject({
  id: z
    .string()
    .regex(/^\d{1,16}$/)
    .catch("0"),
  message: z.enum(preparedKeys).optional().catch(undefined),
  text: said,
  language: said,
  anyway: said,
  previewed: said,
  do: said,
});

/** An empty form. */
export function emptyForm(id: string, message?: PreparedKey): TalkForm {
  return {
    ...{ id, message, fields: {}, text: "", language: "de" },
    ...{ anyway: false, previewed: "", wantsToSend: false },
  };
}

/** Reads a posted form as it is: nothing in it is refused here, so that it can be shown again. */
export function readForm(body: unknown): TalkForm {
  const { id, message, text, language, anyway, previewed, do: wanted, ...more } = posted.parse(body);
  const names = message ? fieldsOf(message).map(({ name }) => name) : [];
  return {
    ...{ id, message, language, previewed },
    text: text.replaceAll("\r\n", "\n"),
    fields: Object.fromEntries(names.map((name) => [name, said.parse(more[fieldName(name)])])),
    anyway: anyway !== "",
    wantsToSend: wanted === "send",
  };
}

/** Name of a prepared message's field in a form. */
export function fieldName(name: string): string {
  return `field-${name}`;
}

/** The message that a form comes to, or what is wrong with it. */
export function wordsOf(
  { message, fields, text, language }: TalkForm,
  { prepared, languages }: TalkTools,
  at: number,
): { words: StaffWords } | { faults: Faults } {
  if (message) return prepared.fill(message, fields, at);
  const trimmed = text.trim();
  if (trimmed === "") return { faults: { text: "missing" } };
  if (trimmed.length > longestWords) return { faults: { text: "long" } };
  if (!languages.includes(language)) return { faults: { language: "invalid" } };
  return { words: { type: "free", text: trimmed, language } };
}

/** The same for the same words, and for nothing else. */
export function printOf(...parts: (string | StaffWords)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
