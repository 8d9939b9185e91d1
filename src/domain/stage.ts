/** The seven steps of KIM's case management, in their order (process of the state programme). */
export const stages = [
  "outreach",
  "intake",
  "assessment",
  "goal_agreement",
  "support_plan",
  "service_coordination",
  "evaluation",
] as const;
export type Stage = (typeof stages)[number];
