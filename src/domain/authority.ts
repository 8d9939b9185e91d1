/** The authorities and services a rule can propose. The office that is one of them differs by municipality. */
export const authorityCodes = [
  "kim",
  "jobcenter",
  "social_office",
  "employment_agency",
  "youth_office",
  "inclusion_office",
  "abh",
  "ebh",
  "ki",
  "language_course",
  "mbe",
  "jmd",
  "refugee_advice",
  "independent_advice",
  "recognition_advice",
  "housing_office",
] as const;
export type Authority = (typeof authorityCodes)[number];

/** Legal areas (Rechtskreise). `advice` is help outside of them and never counts as one of "two at once". */
export const legalAreaCodes = [
  "sgb2",
  "sgb3",
  "sgb8",
  "sgb9",
  "sgb12",
  "asylblg",
  "residence",
  "citizenship",
  "school",
  "integration_course",
  "recognition",
  "housing",
  "advice",
] as const;
export type LegalArea = (typeof legalAreaCodes)[number];
