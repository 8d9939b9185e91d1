import { z } from "zod";
import type { CoveredAbsence } from "../store/absence.ts";
import type { FormBody } from "./staff-form.ts";

const blank = z.literal("").transform(() => null);
const day = z.union([blank, z.iso.date()]);
const schema = z
  .object({ from: z.iso.date(), until: day.default(null), cover: z.union([blank, z.uuid()]).default(null) })
  .refine(({ from, until }) => until === null || from <= until, { path: ["until"] });

/** Reads the form about an absence; `back` ends it. Of wrong entries the fields are named. */
export function readAbsenceForm(
  body: FormBody,
): { type: "right"; absence: CoveredAbsence } | { type: "wrong"; fields: string[] } {
  if (body.back !== undefined) return { type: "right", absence: { from: null, until: null, coverId: null } };
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { type: "wrong", fields: parsed.error.issues.map(({ path }) => String(path[0])) };
  const { from, until, cover } = parsed.data;
  return { type: "right", absence: { from, until, coverId: cover } };
}
