import type { ClientBase } from "pg";
import type { CaseStatus } from "../domain/case.ts";
import type { KeptCase, KeptData } from "../domain/kept-data.ts";
import { unsealAnswers } from "./intake-boxes.ts";
import { readingsOf } from "./readings-of.ts";
import { itemsOf } from "./referral-answers.ts";
import type { Key } from "./seal.ts";

/** What is kept of a contact, as far as it is told in a talk. */
export async function readKeptData(client: ClientBase, dataKey: Key, contactId: string): Promise<KeptData> {
  const cases = await readCases(client, dataKey, contactId);
  const agreements = await readAgreements(client, contactId);
  const readings = await readingsOf(client, contactId);
  const handedOver = await readHandedOver(client, dataKey, contactId);
  return { cases, agreements, handedOver, ...(readings && { readings }) };
}

async function readCases(client: ClientBase, dataKey: Key, contactId: string): Promise<KeptCase[]> {
  const { rows } = await client.query<{
    id: string;
    code: string;
    status: CaseStatus;
    for_whom: string;
    sent_on: string;
    due_on: string;
    version: number;
    answers: Buffer;
  }>(
    `SELECT f.id, f.code, f.status, f.for_whom, i.version, i.answers, due_on::text,
        (f.submitted_at AT TIME ZONE 'Europe/Berlin')::date::text AS sent_on
       FROM case_file f
       JOIN LATERAL (SELECT version, answers FROM intake WHERE case_id = f.id ORDER BY version DESC LIMIT 1) i ON true
      WHERE f.contact_id = $1 AND f.status <> 'erased' ORDER BY f.submitted_at, f.code`,
    [contactId],
  );
  return rows.map((row) => ({
    code: row.code,
    status: row.status,
    forWhom: row.for_whom,
    sentOn: row.sent_on,
    dueOn: row.due_on,
    answers: unsealAnswers(dataKey, row.id, row.version, row.answers),
  }));
}

async function readHandedOver(
  client: ClientBase,
  dataKey: Key,
  contactId: string,
): Promise<NonNullable<KeptData["handedOver"]>> {
  const { rows } = await client.query(
    `SELECT r.office, r.items, r.handed_over_on::text AS day, i.case_id, i.version, i.answers FROM referral r
        JOIN case_file f ON f.id = r.case_id JOIN intake i ON i.case_id = r.case_id AND i.version = r.intake_version
      WHERE f.contact_id = $1 AND r.handed_over_on IS NOT NULL ORDER BY r.handed_over_on, r.asked_at`,
    [contactId],
  );
  return rows.map(({ office, items, day, case_id, version, answers }) => ({
    office,
    day,
    answers: itemsOf(unsealAnswers(dataKey, case_id, version, answers), items),
  }));
}

async function readAgreements(client: ClientBase, contactId: string): Promise<KeptData["agreements"]> {
  const { rows } = await client.query<{ purpose: string; recipient: string | null; state: string; day: string }>(
    `SELECT DISTINCT ON (purpose, recipient) purpose, recipient, state,
        (at AT TIME ZONE 'Europe/Berlin')::date::text AS day
       FROM agreement WHERE contact_id = $1 ORDER BY purpose, recipient, at DESC, id`,
    [contactId],
  );
  return rows.map(({ purpose, recipient, state, day }) => ({
    purpose,
    state,
    day,
    ...(recipient !== null && { recipient }),
  }));
}
