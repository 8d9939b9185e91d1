import type { ClientBase } from "pg";
import type { IntakeAnswers } from "../domain/answers.ts";
import type { Answers } from "../domain/effect.ts";
import type { AskedReferral } from "../domain/referral.ts";
import { unsealAnswers, unsealProposals } from "./intake-boxes.ts";
import type { Key } from "./seal.ts";

/** A person may answer anew as long as the case is there and nothing was handed over. */
const answerable = `r.state IN ('asked', 'agreed', 'refused', 'withdrawn') AND r.handed_over_on IS NULL
  AND f.status IN ('open', 'claimed') AND f.withdrawn_at IS NULL`;

/**
 * A referral as its person is asked about it, and that it is shown now; nothing where it is another one's or over. The
 * reason is the proposal's for that office, where there is one.
 */
export async function showReferral(
  client: ClientBase,
  { contactId, dataKey }: { contactId: string; dataKey: Key },
  id: string,
): Promise<AskedReferral | undefined> {
  const { rows } = await client.query(
    `UPDATE referral r SET shown_at = coalesce(r.shown_at, now()) FROM case_file f, intake i
      WHERE r.id = $1 AND f.id = r.case_id AND f.contact_id = $2 AND ${answerable}
        AND i.case_id = r.case_id AND i.version = r.intake_version
      RETURNING r.office, r.items, r.confidentiality, r.case_id, i.version, i.answers, i.proposals`,
    [id, contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const answers: IntakeAnswers = unsealAnswers(dataKey, row.case_id, row.version, row.answers);
  const proposals = unsealProposals(dataKey, row.case_id, row.version, row.proposals);
  const why = proposals.find(({ office }) => office === row.office);
  return {
    id,
    office: row.office,
    reason: why ? { type: "text", key: why.reason, values: why.values } : { type: "text", key: "referral.reason" },
    items: itemsOf(answers, row.items),
    confidentiality: row.confidentiality,
  };
}

/** The answers to some questions, without those that have none. */
export function itemsOf(answers: IntakeAnswers, items: string[]): Answers {
  const all: { [question: string]: string | string[] | undefined } = answers;
  return Object.fromEntries(
    items.flatMap((item) => {
      const answer = all[item];
      return answer === undefined ? [] : [[item, answer]];
    }),
  );
}

/** Writes a person's answer to the question about an office. @returns the case, if there is still something to answer */
export async function answerReferral(
  client: ClientBase,
  contactId: string,
  id: string,
  yes: boolean,
): Promise<string[]> {
  const [to, kind] = yes ? ["agreed", "referral_agreed"] : ["refused", "referral_refused"];
  return change(client, `state = '${to}', answered_at = now(), withdrawn_at = NULL`, kind, [id, contactId]);
}

/** The person wants to hear more from the case manager before they answer. */
export async function noteQuestion(client: ClientBase, contactId: string, id: string): Promise<string[]> {
  return change(client, "question_at = now()", "referral_question", [id, contactId]);
}

/** The referrals that a person can answer, anew, too; the newest first. */
export async function referralsOf(client: ClientBase, contactId: string): Promise<{ id: string; office: string }[]> {
  const { rows } = await client.query<{ id: string; office: string }>(
    `SELECT r.id, r.office FROM referral r JOIN case_file f ON f.id = r.case_id
      WHERE f.contact_id = $1 AND ${answerable} ORDER BY r.asked_at DESC`,
    [contactId],
  );
  return rows;
}

async function change(client: ClientBase, set: string, kind: string, values: [string, string]): Promise<string[]> {
  const { rows } = await client.query<{ case_id: string }>(
    `WITH changed AS (
      UPDATE referral r SET ${set} FROM case_file f
        WHERE r.id = $1 AND f.id = r.case_id AND f.contact_id = $2 AND ${answerable} RETURNING r.case_id, f.version, r.office)
      INSERT INTO case_event (case_id, version, at, kind, facts)
        SELECT case_id, version, now(), '${kind}', jsonb_build_object('office', office) FROM changed RETURNING case_id`,
    values,
  );
  return rows.map((row) => row.case_id);
}
