import { z } from "zod";
import { origin } from "./validity.ts";

const count = z.int().positive();

/** How long each kind of data is kept: `retention` of a place's file. */
export const retention = z.strictObject({
  open_intake_days: count,
  not_taken_up_days: count,
  referral_months: count,
  closed_case_months: count,
  /** After the person's data is gone. The database refuses less than a year. */
  agreement_proof_months: count.min(12),
  /** How long a file that was made for a person waits to be sent or fetched. */
  file_hours: count,
  erased_case_days: count,
  message_months: count,
  unsent_days: count,
  dropped_days: count,
  /** A message that is delivered again later than this takes effect twice. */
  seen_days: count.min(8),
  reading_months: count,
  staff_notice_days: count,
  ended_staff_days: count,
  expired_days: count,
  failed_job_days: count,
  retention_report_months: count,
  ...origin,
});
export type Retention = z.infer<typeof retention>;
