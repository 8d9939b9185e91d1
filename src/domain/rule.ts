import { z } from "zod";
import { ageCodes, intakeAnswers, needCodes, paperCodes, payerCodes, whereSituations } from "./answers.ts";
import { authorityCodes, legalAreaCodes } from "./authority.ts";
import { localText, validity } from "./validity.ts";

/**
 * In a condition: the question was not asked, or skipped; both are the same everywhere. The word differs from all
 * codes ("none" is an answer: no children).
 */
export const noAnswer = "unanswered";

const { shape } = intakeAnswers;
const codes = (all: readonly string[]) =>
  z
    .array(z.enum([...all, noAnswer]))
    .min(1)
    .optional();

/** Per closed question the codes that are allowed; of several answers one is enough. Questions left out do not count. */
export const conditions = z.strictObject({
  forWhom: codes(shape.forWhom.options),
  needs: codes(needCodes),
  letter: codes(shape.letter.unwrap().options),
  where: codes(whereSituations),
  age: codes(ageCodes),
  alone: codes(shape.alone.unwrap().options),
  payer: codes(payerCodes),
  work: codes(shape.work.unwrap().options),
  children: codes(shape.children.unwrap().options),
  paper: codes(paperCodes),
  fictionFor: codes(shape.fictionFor.unwrap().options),
  firstDocument: codes(shape.firstDocument.unwrap().options),
  euStatus: codes(shape.euStatus.unwrap().options),
  person: codes(shape.person.unwrap().options),
});
export type Conditions = z.infer<typeof conditions>;

const snake = z.string().regex(/^[a-z0-9_]+$/, "has only small letters, digits and _");

/** Three states of a law that is being changed: unknown, as before, as the new law says. */
export const switchStates = ["open", "off", "on"] as const;
export type SwitchState = (typeof switchStates)[number];

/** `enabled: null` while nobody knows whether the law was changed. Once it was, `effective_from` says from when. */
export const lawSwitch = z
  .strictObject({
    enabled: z.boolean().nullable(),
    cutoff: z.iso.date(),
    criterion: z.literal("first_document_date"),
    effective_from: z.iso.date().nullable(),
    source: z.string().min(1),
  })
  .refine((s) => s.enabled !== true || s.effective_from !== null, {
    path: ["effective_from"],
    message: "is needed once the switch is on",
  });
export type LawSwitch = z.infer<typeof lawSwitch>;

const switchConditions = z.record(z.string(), z.array(z.enum(switchStates)).min(1));
const alternative = conditions.extend({ switches: switchConditions.optional() });

/** One row: when the answers are so, propose that. All rows are tried; none excludes another. */
export const rule = z.strictObject({
  id: snake,
  when: conditions,
  switches: switchConditions.optional(),
  /** Besides `when`, one of these must hold. */
  any: z.array(alternative).min(1).optional(),
  /** The rule does not match when all of these hold; never a reason to ask a question. */
  unless: conditions.optional(),
  propose: z.strictObject({
    authority: z.enum(authorityCodes),
    legal_area: z.enum(legalAreaCodes),
    /** Text `reason.<reason>`; default: the rule's id. */
    reason: z.string().optional(),
    /** Names by date (`terms`) that the reason mentions. */
    terms: z.array(z.string()).optional(),
    basis: z.string().min(1),
    /** A human must look before anything is told as settled. */
    review: z.boolean().default(false),
    priority: z.enum(["urgent", "high", "normal"]).default("normal"),
  }),
  ...validity,
  source: z.string().min(1),
});
export type Rule = z.infer<typeof rule>;

/** A name that the law changed, by date: `names` in the order of time, without gaps. */
export const term = z.strictObject({
  id: snake,
  names: z.array(z.strictObject({ name: z.string().min(1), ...validity })).min(1),
});
export type Term = z.infer<typeof term>;

/** Something to know while it holds, for people with these answers; without `when` for everyone. */
export const note = z.strictObject({
  id: snake,
  when: conditions.default({}),
  text: localText,
  ...validity,
  source: z.string().min(1),
});
export type Note = z.infer<typeof note>;

/** `prisma/places/shared/law.yaml`: what the rules refer to. */
export const lawFile = z.strictObject({
  switches: z.record(snake, lawSwitch),
  terms: z.array(term),
  notes: z.array(note),
  /** Lists of codes that conditions name by `$name`. */
  sets: z.record(snake, z.array(z.string()).min(1)),
  /** Authorities that have a case management of their own; with all others KIM keeps the case. */
  case_management: z.strictObject({ authorities: z.array(z.enum(authorityCodes)), source: z.string().min(1) }),
});
export type LawFile = z.infer<typeof lawFile>;

/** `prisma/places/shared/rules/*.yaml`, in the order of their names. `lists` is room for YAML anchors. */
export const rulesFile = z.strictObject({ lists: z.unknown().optional(), rules: z.array(rule).min(1) });

/** Puts the codes of a set where `$name` stands, in whatever was read of a rules file. An unknown name stays. */
export function withSets(read: unknown, sets: LawFile["sets"]): unknown {
  if (Array.isArray(read)) {
    return read.flatMap((item) =>
      typeof item === "string" && item.startsWith("$") ? (sets[item.slice(1)] ?? [item]) : [withSets(item, sets)],
    );
  }
  if (typeof read !== "object" || read === null) return read;
  return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, withSets(value, sets)]));
}
