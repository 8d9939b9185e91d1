import type { Pool } from "pg";
import type { Purpose } from "../domain/agreement.ts";
import type { IntakeAnswers } from "../domain/answers.ts";
import { unsealAnswers } from "./intake-boxes.ts";
import type { Keyring } from "./keyring.ts";
import { itemsOf } from "./referral-answers.ts";

/** What the person agreed to, and how. */
export interface SheetAgreement {
  purpose: Extract<Purpose, "office" | "confidentiality">;
  at: Date;
  way: string;
  channel: string;
  language: string;
  version: string;
  hash: string;
  /** As it was shown. */
  body: string;
}

/** All that may be handed to an office, with the agreements that allow it. */
export interface ReferralSheet {
  code: string;
  office: string;
  handedOver: boolean;
  answers: IntakeAnswers;
  agreements: SheetAgreement[];
}

/** Reads what may be handed over. Nothing unless the person's yes stands: there is no other way to it. */
export async function readReferralSheet(
  pool: Pool,
  keyring: Keyring,
  { code, id }: { code: string; id: string },
): Promise<ReferralSheet | undefined> {
  const { rows } = await pool.query(
    `SELECT r.office, r.state, r.items, r.confidentiality, f.id AS case_id, f.contact_id, c.data_key, i.version, i.answers
      FROM referral r JOIN case_file f ON f.id = r.case_id JOIN contact c ON c.id = f.contact_id
        JOIN intake i ON i.case_id = f.id AND i.version = r.intake_version
      WHERE r.id = $2 AND f.code = $1 AND r.state IN ('agreed', 'handed_over') AND f.withdrawn_at IS NULL
        AND f.status <> 'erased'`,
    [code, id],
  );
  const [row] = rows;
  if (!row) return undefined;
  const found = await pool.query<SheetAgreement & { state: string }>(
    `SELECT DISTINCT ON (a.purpose) a.purpose, a.state, a.at, a.way, a.channel, a.language, a.text_version AS version,
        a.text_hash AS hash, t.body
      FROM agreement a JOIN agreement_text t ON t.hash = a.text_hash
      WHERE a.contact_id = $1 AND a.recipient = $2 AND a.purpose IN ('office', 'confidentiality')
      ORDER BY a.purpose DESC, a.n DESC`,
    [row.contact_id, row.office],
  );
  const agreements = found.rows.filter(({ state }) => state === "given");
  const needed = row.confidentiality ? ["office", "confidentiality"] : ["office"];
  if (!needed.every((purpose) => agreements.some((one) => one.purpose === purpose))) return undefined;
  const answers = unsealAnswers(keyring.unwrap(row.data_key), row.case_id, row.version, row.answers);
  return {
    code,
    office: row.office,
    handedOver: row.state === "handed_over",
    answers: itemsOf(answers, row.items) as IntakeAnswers,
    agreements: agreements.filter(({ purpose }) => needed.includes(purpose)),
  };
}
