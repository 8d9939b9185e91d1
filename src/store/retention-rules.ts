import type { Retention } from "../domain/retention.ts";
import { hasCase, isOver } from "./due-reminders.ts";

/** How long one kind of data is kept, and what becomes of it then. In SQL, `$1` is the period as an interval. */
export interface RetentionRule {
  /** As reports name it. */
  kind: string;
  period(keep: Retention): string;
  /** The table, where it may not be there: one of the job queue's, made when it first runs. */
  table?: string;
  /** Selects `since` of everything whose period is over, and with `case` also `id`. */
  due: string;
  /** Contacts go with all that is theirs, cases are emptied; else the SQL that removes at most `$2`, and can be repeated. */
  act: { contact: string } | { case: string } | { run: string };
}

const days = (count: number) => `${count} days`;
const months = (count: number) => `${count} months`;

function contacts(kind: string, period: RetentionRule["period"], condition: string): RetentionRule {
  return {
    kind,
    period,
    due: `SELECT s.updated_at AS since FROM session s WHERE ${condition}`,
    act: { contact: condition },
  };
}

/** `since` is an expression over the case `f`. */
function cases(kind: string, period: RetentionRule["period"], which: string, since: string): RetentionRule {
  const condition = `${which} AND ${since} < now() - $1::interval`;
  return {
    kind,
    period,
    due: `SELECT f.id, ${since} AS since FROM case_file f WHERE ${condition}`,
    act: { case: condition },
  };
}

function rows(
  kind: string,
  period: RetentionRule["period"],
  table: string,
  since: string,
  and = "true",
): RetentionRule {
  const due = `FROM ${table} t WHERE ${since} < now() - $1::interval AND ${and}`;
  return {
    kind,
    period,
    table,
    due: `SELECT ${since} AS since ${due}`,
    act: { run: `DELETE FROM ${table} WHERE ctid IN (SELECT t.ctid ${due} LIMIT $2)` },
  };
}

// What the person did, and what staff did: reminders that nobody followed prolong nothing.
const lastAct = `greatest(f.submitted_at, f.claimed_at, f.last_person_at, f.last_staff_at,
  (SELECT max(i.submitted_at) FROM intake i WHERE i.case_id = f.id))`;
const erasedAt = `(SELECT max(e.at) FROM case_event e WHERE e.case_id = f.id AND e.kind IN ('erased', 'expired'))`;
const unsent = `FROM outbox o WHERE o.created_at < now() - $1::interval`;

/**
 * Every kind of data with its period, in the order in which they are seen to: cases before the contacts whose last one
 * may go with them. Kept for good, because nobody is in it: `door` and `agreement_text`; kept as long as there is a
 * service: places' `room`, `keyring`, `encryption_key`, and `staff`, whom the history of cases names.
 */
export const retentionRules: RetentionRule[] = [
  cases("case_not_taken_up", (keep) => days(keep.not_taken_up_days), `f.status = 'open'`, lastAct),
  cases(
    "case_referred",
    (keep) => months(keep.referral_months),
    `f.status = 'closed' AND f.outcome = 'referred'`,
    "f.closed_at",
  ),
  cases("case_closed", (keep) => months(keep.closed_case_months), `f.status = 'closed'`, "f.closed_at"),
  // Nobody closed it, and nobody did anything for as long as a closed one is kept.
  cases("case_left_alone", (keep) => months(keep.closed_case_months), `f.status = 'claimed'`, lastAct),
  contacts(
    "contact_without_case",
    (keep) => days(keep.open_intake_days),
    `(s.updated_at < now() - $1::interval OR ${isOver}) AND NOT ${hasCase}`,
  ),
  {
    kind: "erased_case",
    period: (keep) => days(keep.erased_case_days),
    due: `SELECT ${erasedAt} AS since FROM case_file f WHERE f.status = 'erased' AND ${erasedAt} < now() - $1::interval`,
    act: {
      run: `DELETE FROM case_file WHERE id IN (
        SELECT f.id FROM case_file f WHERE f.status = 'erased' AND ${erasedAt} < now() - $1::interval LIMIT $2)`,
    },
  },
  rows("message", (keep) => months(keep.message_months), "message", "t.at"),
  {
    kind: "unsent",
    period: (keep) => days(keep.unsent_days),
    due: `SELECT o.created_at AS since ${unsent}`,
    act: {
      run: `WITH gone AS (
          DELETE FROM outbox WHERE (lane, n) IN (SELECT o.lane, o.n ${unsent} LIMIT $2) RETURNING lane, n
        ), told AS (SELECT pg_notify('outbox', lane::text) FROM (SELECT DISTINCT lane FROM gone) lanes)
        INSERT INTO dropped (lane, n, reason) SELECT gone.lane, gone.n, 'expired' FROM gone
          WHERE (SELECT count(*) FROM told) >= 0 ON CONFLICT DO NOTHING`,
    },
  },
  rows("dropped", (keep) => days(keep.dropped_days), "dropped", "t.at"),
  rows("seen", (keep) => days(keep.seen_days), "seen", "t.at"),
  {
    kind: "agreement_proof",
    period: (keep) => months(keep.agreement_proof_months),
    due: `SELECT f.since FROM forgettable_agreements($1::interval) f`,
    act: { run: `SELECT FROM generate_series(1, forget_agreements($1::interval, $2))` },
  },
  rows(
    "erased_id",
    (keep) => months(keep.agreement_proof_months),
    "erased",
    "t.day::timestamptz",
    "t.listed AND NOT EXISTS (SELECT FROM agreement a WHERE a.contact_id = t.subject_id)",
  ),
  rows("reading", (keep) => months(keep.reading_months), "reading", "t.last_at"),
  rows("staff_notice", (keep) => days(keep.staff_notice_days), "staff_notice", "t.at"),
  rows("digest", (keep) => days(keep.staff_notice_days), "digest", "t.at"),
  rows("file", (keep) => days(keep.expired_days), "file", "t.expires_at"),
  rows("staff_link", (keep) => days(keep.expired_days), "staff_link", "t.expires_at"),
  rows("staff_session", (keep) => days(keep.expired_days), "staff_session", "t.expires_at"),
  {
    kind: "staff_email",
    period: (keep) => days(keep.ended_staff_days),
    due: `SELECT t.ended_at AS since FROM staff t WHERE t.ended_at < now() - $1::interval AND t.email IS NOT NULL`,
    act: {
      run: `UPDATE staff SET email = NULL WHERE id IN (
        SELECT t.id FROM staff t WHERE t.ended_at < now() - $1::interval AND t.email IS NOT NULL LIMIT $2)`,
    },
  },
  rows(
    "failed_job",
    (keep) => days(keep.failed_job_days),
    "graphile_worker._private_jobs",
    "t.updated_at",
    "t.attempts >= t.max_attempts",
  ),
  rows("retention_report", (keep) => months(keep.retention_report_months), "retention_report", "t.at"),
];
