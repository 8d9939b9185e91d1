import { z } from "zod";
import { intakeAnswers, type Question, whereSituations } from "./answers.ts";
import { authorityCodes, legalAreaCodes } from "./authority.ts";
import { localText, validity } from "./validity.ts";

/** In a condition: the question was not asked, or skipped. Both are the same everywhere. */
export const noAnswer = "none";

/** Closed questions, each with the codes that a condition may name. */
export const conditionCodes: { [Q in Question]?: readonly string[] } = {
  forWhom: intakeAnswers.shape.forWhom.options,
  needs: intakeAnswers.shape.needs.unwrap().element.options,
  letter: intakeAnswers.shape.letter.unwrap().options,
  where: whereSituations,
  age: intakeAnswers.shape.age.unwrap().options,
  alone: intakeAnswers.shape.alone.unwrap().options,
  payer: intakeAnswers.shape.payer.unwrap().options,
  work: intakeAnswers.shape.work.unwrap().options,
  children: intakeAnswers.shape.children.unwrap().options,
  paper: intakeAnswers.shape.paper.unwrap().options,
  fictionFor: intakeAnswers.shape.fictionFor.unwrap().options,
  firstDocument: intakeAnswers.shape.firstDocument.unwrap().options,
  euStatus: intakeAnswers.shape.euStatus.unwrap().options,
  person: intakeAnswers.shape.person.unwrap().options,
};

const condition = (codes: readonly string[]) => z.array(z.enum([...codes, noAnswer])).min(1);
const conditions = z.strictObject(
  Object.fromEntries(
    Object.entries(conditionCodes).map(([question, codes]) => [question, condition(codes).optional()]),
  ),
) as unknown as z.ZodType<{ [Q in Question]?: string[] }>;

/** Three states of a law that is being changed: unknown, as before, as the new law says. */
export const switchStates = ["open", "off", "on"] as const;
export type SwitchState = (typeof switchStates)[number];

/** `enabled: null` while nobody knows whether the law was changed; then `effective_from` says from when. */
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

/** One row: when the answers are so, propose that. All rows are tried; none excludes another. */
export const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  /** Per question the answers with which the rule matches; of several answers one is enough. */
  when: conditions,
  switches: z.record(z.string(), z.array(z.enum(switchStates)).min(1)).optional(),
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
  id: z.string().regex(/^[a-z0-9_]+$/),
  names: z.array(z.strictObject({ name: z.string().min(1), ...validity })).min(1),
});
export type Term = z.infer<typeof term>;

/** Something to know while it holds, for people with these answers; without `when` for everyone. */
export const note = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  when: conditions.default({}),
  text: localText,
  ...validity,
  source: z.string().min(1),
});
export type Note = z.infer<typeof note>;

/** `prisma/places/shared/rules.yaml` */
export const rulesFile = z.strictObject({
  switches: z.record(z.string(), lawSwitch),
  terms: z.array(term),
  notes: z.array(note),
  rules: z.array(rule).min(1),
  /** Authorities that have a case management of their own; with all others KIM keeps the case. */
  case_management: z.strictObject({ authorities: z.array(z.enum(authorityCodes)), source: z.string().min(1) }),
});
export type RulesFile = z.infer<typeof rulesFile>;
