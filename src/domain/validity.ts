import { z } from "zod";

/** A calendar day in Europe/Berlin, `2026-11-25`. */
export const day = z.iso.date();

/** Where an item comes from. */
export const origin = {
  source: z.string().min(1).optional(),
  /** Made up, to be replaced by the place; shown as an example, never as a fact. */
  example: z.literal(true).optional(),
};

/** What an item carries that law or practice may change by date. Both days are included. */
export const validity = { ...origin, valid_from: day.optional(), valid_to: day.optional() };

/** Whether an item counts on a calendar day. */
export function inForce(item: { valid_from?: string | undefined; valid_to?: string | undefined }, on: string): boolean {
  return (item.valid_from ?? on) <= on && on <= (item.valid_to ?? on);
}

export const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z]+)*$/, "is no language code such as de or de-simple");

/** The same text by language; German always. That all languages of a place are there is checked for the whole place. */
export const localText = z
  .record(languageCode, z.string().min(1))
  .refine((text) => "de" in text, { path: ["de"], message: "is needed" });
export type LocalText = z.infer<typeof localText>;

/** A name that is the same in every language, or one that differs. */
export const localName = z.union([z.string().min(1), localText]);
export type LocalName = z.infer<typeof localName>;
