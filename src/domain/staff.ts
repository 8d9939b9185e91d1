import { z } from "zod";
import { areCompatible } from "./permission.ts";

/** What somebody may do. One person may have several. */
export const roles = ["case_manager", "coordinator", "abh", "ebh", "administrator"] as const;
export type Role = (typeof roles)[number];

/** Who did something to a case: a stable id (`staff:<uuid>`, `<channel>:<user id>`) and the name shown to colleagues. */
export interface Actor {
  id: string;
  name: string;
}

/** Longer ones don't fit into a messenger's notices. */
export const nameLength = 60;

const text = (length: number) =>
  z
    .string()
    .transform((given) =>
      given
        .replaceAll(/\p{C}+/gu, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .pipe(z.string().max(length));
const emptyIsNull = (given: string) => given || null;

/** What an administrator enters about a colleague, checked. `teams` are the place's. */
export function staffDetails(teams: string[]) {
  return z
    .strictObject({
      name: text(nameLength).pipe(z.string().min(1)),
      showName: z.boolean().default(false),
      email: z.union([z.literal("").transform(() => null), z.null(), z.email().max(254)]).default(null),
      employer: text(100).transform(emptyIsNull).nullable().default(null),
      team: z.union([z.literal("").transform(() => null), z.null(), z.enum(teams)]).default(null),
      languages: z.array(z.string().regex(/^[a-z]{2,3}(-[a-z]+)?$/)).default([]),
      roles: z.array(z.enum(roles)).min(1).refine(areCompatible),
      share: z.coerce.number().int().min(1).max(100).default(100),
    })
    .refine(({ roles, team }) => team !== null || !roles.includes("case_manager"), { path: ["team"] });
}
export type StaffDetails = z.output<ReturnType<typeof staffDetails>>;

/** The fields of `StaffDetails` that are wrong, in the order of the form. */
export function wrongFields(error: z.ZodError): (keyof StaffDetails)[] {
  const found = new Set(error.issues.map(({ path }) => path[0]));
  const all = ["name", "showName", "email", "employer", "team", "languages", "roles", "share"] as const;
  return all.filter((field) => found.has(field));
}
