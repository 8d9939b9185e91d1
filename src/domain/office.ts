import { z } from "zod";
import { authorityCodes } from "./authority.ts";
import { localName, localText, origin, validity } from "./validity.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is no time such as 08:30");

/** Hours that come back every week, as clock times in Europe/Berlin. */
export const weekly = z.array(
  z
    .strictObject({ days: z.array(z.enum(weekdays)).min(1), from: time, to: time, ...validity })
    .refine((hours) => hours.from < hours.to, { path: ["to"], message: "is not after from" }),
);
export type Weekly = z.infer<typeof weekly>;

/** One office or service as people find it. */
export const office = z.strictObject({
  authorities: z.array(z.enum(authorityCodes)).min(1),
  name: localName,
  address: z.string().min(1).optional(),
  phone: z.string().min(1).optional(),
  url: z.string().min(1).optional(),
  hours: weekly.optional(),
  /** What to bring. */
  bring: localText.optional(),
  directions: localText.optional(),
  /** Whoever hands data to it needs to be released from confidentiality by the person (§ 203 StGB). */
  confidentiality: z.literal(true).optional(),
  /** Who answers while the office is closed: a number, and whom one reaches there. */
  outside_hours: z.strictObject({ phone: z.string().min(1), route: localName, ...origin }).optional(),
  ...origin,
});
export type Office = z.infer<typeof office>;

/** A place where people can come in open hours. */
export const site = z.strictObject({
  municipality: z.string(),
  name: localName,
  address: z.string().min(1).optional(),
  hours: weekly,
  directions: localText.optional(),
  ...origin,
});
export type Site = z.infer<typeof site>;
