import { z } from "zod";
import { languageCode } from "./validity.ts";

/** Texts that people are told or agree to. Never changed without a new version. */
export const legalTextPaths = [
  "notice.short",
  "notice.full",
  "notice.exceptions",
  "agreement.intake",
  "agreement.call",
  "agreement.naturalisation",
] as const;
export type LegalTextPath = (typeof legalTextPaths)[number];

export interface LegalText {
  version: string;
  text: string;
}

const text = z.string().min(1);

/** `prisma/places/shared/legal.<language>.yaml`, or a place's own below its folder. */
export const legalFile = z.strictObject({
  language: languageCode,
  version: z.string().min(1),
  /** Whether the place's lawyers approved it; while not, the place is a trial. */
  example: z.literal(true).optional(),
  reviewed_by: z.string().min(1),
  notice: z.strictObject({ short: text, full: text, exceptions: text }),
  agreement: z.strictObject({ intake: text, call: text, naturalisation: text }),
});
export type LegalFile = z.infer<typeof legalFile>;
