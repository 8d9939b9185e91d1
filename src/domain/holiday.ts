import { z } from "zod";
import { validity } from "./validity.ts";

/** A public holiday: the same day every year, or so many days after Easter Sunday. */
export const holiday = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: z.string().min(1),
  rule: z.union([
    z.strictObject({ fixed: z.string().regex(/^\d{2}-\d{2}$/) }),
    z.strictObject({ after_easter: z.int() }),
  ]),
  ...validity,
});
export type Holiday = z.infer<typeof holiday>;

/** `prisma/places/shared/holidays.yaml` */
export const holidaysFile = z.strictObject({ holidays: z.array(holiday).min(1) });
