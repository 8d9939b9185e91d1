import { z } from "zod";
import { localText, origin } from "./validity.ts";

/** A number to call now. */
export const crisis = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  /** As it is dialled and shown. */
  numbers: z.array(z.string().min(1)).min(1),
  name: localText,
  /** When, in which languages, whether it costs something. */
  hint: localText.optional(),
  url: z.string().optional(),
  /** How sure the number is. */
  status: z.enum(["checked", "unchecked"]),
  ...origin,
  source: z.string().min(1),
});
export type Crisis = z.infer<typeof crisis>;

/** `prisma/places/shared/crisis.yaml`, in the order in which they are shown. */
export const crisisFile = z.strictObject({ numbers: z.array(crisis).min(1) });
