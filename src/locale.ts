import { z } from "zod";
import { commandNames } from "./domain/texts.ts";

const typed = z.array(z.string().min(1));

/** `locales/<language>.json` */
export const locale = z.strictObject({
  language: z.strictObject({
    code: z.string(),
    name: z.string().min(1),
    /** Other names that people may type. */
    aliases: typed.default([]),
    direction: z.enum(["ltr", "rtl"]),
    reviewedBy: z.string().min(1),
  }),
  words: z.strictObject({
    urgent: typed.min(1),
    yes: typed.min(1),
    no: typed.min(1),
    polite: typed.default([]),
    commands: z.record(z.enum(commandNames), typed),
  }),
  texts: z.record(z.string(), z.string().min(1)),
});
export type Locale = z.infer<typeof locale>;

/** `locales/staff/<language>.json`: texts that only staff read. */
export const staffLocale = z.object({ texts: z.record(z.string(), z.string().min(1)) });
