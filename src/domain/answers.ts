import { z } from "zod";

/** Version of the shape below, stored with every intake. */
export const intakeSchemaVersion = 1;

export const needCodes = [
  "benefits",
  "housing",
  "language",
  "work_training",
  "education_childcare",
  "residence_law",
  "health",
  "family",
  "recognition",
  "naturalisation",
  "participation",
] as const;
export const paperCodes = [
  "temp_protection_24",
  "fictional_certificate",
  "asylum_permission",
  "tolerated",
  "recognised_protection",
  "humanitarian_other",
  "right_to_stay_25ab",
  "chance_104c",
  "permit_work",
  "permit_study",
  "permit_family",
  "settlement_permit",
  "eu_citizen",
  "late_resettler",
  "german",
] as const;
export const ageCodes = ["under12", "12to17", "18to26", "27to66", "67plus"] as const;
export const payerCodes = [
  "jobcenter",
  "social_office",
  "employment_agency",
  "work",
  "family",
  "nobody",
  "unsure",
] as const;
/** Languages that people often want an interpreter for (ISO 639); every other one can be written, in words. */
export const interpretedCodes = "uk ar ru tr fa ps ku ckb ti so ro bg pl sq sr fr es it el en".split(" ");
/** Where somebody lives who does not live in a municipality of the place. */
export const whereSituations = ["shelter", "not_here", "elsewhere"] as const;

/**
 * What a person told us: validated when an intake is submitted. A question that was not asked, or was skipped, is
 * absent. There is no code for "no papers" or "prefers not to say" (§ 87 AufenthG): an absent `paper` says nothing.
 */
export const intakeAnswers = z.strictObject({
  forWhom: z.enum(["self", "family", "other"]),
  needs: z.array(z.enum(needCodes)).optional(),
  letter: z.enum(["yes", "no"]).optional(),
  /** A municipality's id of the place's file, or one of the three situations. */
  where: z.string().optional(),
  /** With `where: shelter`: the municipality of the shelter. */
  town: z.string().optional(),
  /** `yes` is the language of the conversation. */
  interpreter: z.enum(["no", "yes", "other"]).optional(),
  interpreterLanguage: z.string().optional(),
  age: z.enum(ageCodes).optional(),
  /** Of a minor: no parent or guardian is here. */
  alone: z.enum(["yes", "no"]).optional(),
  payer: z.enum(payerCodes).optional(),
  /** Can work at least three hours a day (§ 8 SGB II). */
  work: z.enum(["yes", "no", "unsure"]).optional(),
  children: z.enum(["none", "under6", "6to17", "both"]).optional(),
  paper: z.enum(paperCodes).optional(),
  /** Of a Fiktionsbescheinigung: which permit was applied for. */
  fictionFor: z.enum(["temp_protection_24", "other"]).optional(),
  /** First document under § 24. */
  firstDocument: z.enum(["before", "since", "unsure"]).optional(),
  euStatus: z.enum(["working", "five_years", "job_seeking", "first_months", "unsure"]).optional(),
  /** Wants to talk to a person, without saying why. */
  person: z.enum(["soon", "woman", "protected"]).optional(),
  reach: z.enum(["here", "phone"]).optional(),
  phone: z.string().max(40).optional(),
  safeTime: z.enum(["any", "morning", "afternoon", "evening"]).optional(),
});
export type IntakeAnswers = z.infer<typeof intakeAnswers>;
export type Question = keyof IntakeAnswers;

/** Answers before they are validated: while the intake goes on. */
export type OpenAnswers = { readonly [question: string]: string | string[] | undefined };
