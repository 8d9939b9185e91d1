import { randomInt, randomUUID } from "node:crypto";
import type { ClientBase } from "pg";
import { type IntakeAnswers, intakeSchemaVersion } from "../domain/answers.ts";
import { makeCode } from "../domain/code.ts";
import type { Priority } from "../domain/prompt.ts";
import type { Proposal } from "../domain/triage.ts";
import { addEvent } from "./case-events.ts";
import { sealAnswers, sealProposals, unsealAnswers } from "./intake-boxes.ts";
import type { Key } from "./seal.ts";

/** What a submitted intake says of its case. */
export interface Submission {
  contactId: string;
  dataKey: Key;
  answers: IntakeAnswers;
  proposals: Proposal[];
  team: string;
  municipality: string | undefined;
  language: string;
  interpreter: string | undefined;
  priority: Priority;
  /** Calendar day `2026-11-25`. */
  due: string;
  at: number;
  /** The person asks to be called. */
  call: boolean;
  /** Code of the partner whose link the person came by. */
  door: string | undefined;
}

/** The case that a submission made, or that it was added to. */
export interface SubmittedCase {
  caseId: string;
  code: string;
  added: boolean;
}

/** A person's open case about themselves, with its latest answers. Locks it. */
export async function openCaseOf(
  client: ClientBase,
  contactId: string,
  dataKey: Key,
): Promise<{ caseId: string; code: string; version: number; answers: IntakeAnswers } | undefined> {
  const { rows } = await client.query<{ id: string; code: string; version: number; answers: Buffer }>(
    `SELECT f.id, f.code, i.version, i.answers FROM case_file f
       JOIN LATERAL (SELECT * FROM intake WHERE case_id = f.id ORDER BY version DESC LIMIT 1) i ON true
      WHERE f.contact_id = $1 AND f.for_whom = 'self' AND f.status IN ('open', 'claimed')
      ORDER BY f.submitted_at LIMIT 1 FOR NO KEY UPDATE OF f`,
    [contactId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const answers = unsealAnswers(dataKey, row.id, row.version, row.answers);
  return { caseId: row.id, code: row.code, version: row.version, answers };
}

/**
 * Writes a submission: as a new version of the person's open case, else as a case of its own. An intake for somebody
 * else is always a case of its own, because nothing tells whether it is the same person as before.
 */
export async function submit(client: ClientBase, submission: Submission): Promise<SubmittedCase> {
  const { contactId, dataKey, answers } = submission;
  const open = answers.forWhom === "self" ? await openCaseOf(client, contactId, dataKey) : undefined;
  return write(client, submission, open);
}

/** Writes a submission as a new version of the case with a code; not where that is closed, erased or another person's. */
export async function resubmit(
  client: ClientBase,
  submission: Submission,
  code: string,
): Promise<SubmittedCase | undefined> {
  const { rows } = await client.query<{ id: string; version: number }>(
    `SELECT id, (SELECT max(version) FROM intake WHERE case_id = f.id) AS version FROM case_file f
      WHERE code = $1 AND contact_id = $2 AND status IN ('open', 'claimed') FOR NO KEY UPDATE OF f`,
    [code, submission.contactId],
  );
  const [row] = rows;
  return row && write(client, submission, { caseId: row.id, code, version: row.version });
}

async function write(
  client: ClientBase,
  submission: Submission,
  open: { caseId: string; code: string; version: number } | undefined,
): Promise<SubmittedCase> {
  const { dataKey, answers } = submission;
  const version = (open?.version ?? 0) + 1;
  const at = new Date(submission.at);
  const { caseId, code } = open ?? (await makeCase(client, submission));
  if (open) await updateCase(client, caseId, submission);
  await client.query(
    `INSERT INTO intake (case_id, version, schema, answers, proposals, submitted_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      caseId,
      version,
      intakeSchemaVersion,
      sealAnswers(dataKey, caseId, version, answers),
      sealProposals(dataKey, caseId, version, submission.proposals),
      at,
    ],
  );
  const kind = submission.call ? "call_asked" : open ? "changed" : "submitted";
  await addEvent(client, { caseId, at: submission.at, kind });
  return { caseId, code, added: open !== undefined };
}

async function makeCase(client: ClientBase, submission: Submission): Promise<{ caseId: string; code: string }> {
  const caseId = randomUUID();
  const { contactId, answers, team, municipality, language, interpreter, priority, due, call, door } = submission;
  const at = new Date(submission.at);
  for (;;) {
    const code = makeCode((below) => randomInt(below));
    const { rowCount } = await client.query(
      `INSERT INTO case_file (id, code, contact_id, for_whom, team, municipality, language, interpreter, needs, priority,
          status, call_asked_at, submitted_at, due_on, door)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13, $14) ON CONFLICT (code) DO NOTHING`,
      [
        caseId,
        code,
        contactId,
        answers.forWhom,
        team,
        municipality ?? null,
        language,
        interpreter ?? null,
        answers.needs ?? [],
        priority,
        call ? at : null,
        at,
        due,
        door ?? null,
      ],
    );
    if (rowCount === 1) return { caseId, code };
  }
}

/** Sets what follows from new answers, and raises the version: whoever works on the case saw the old ones. */
async function updateCase(client: ClientBase, caseId: string, submission: Submission): Promise<void> {
  const { answers, team, municipality, language, interpreter, priority, due, call } = submission;
  await client.query(
    `UPDATE case_file SET team = $2, municipality = $3, language = $4, interpreter = $5, needs = $6, priority = $7,
        due_on = least(due_on, $8::date), call_asked_at = coalesce($9, call_asked_at), for_whom = $10,
        version = version + 1, last_person_at = $11 WHERE id = $1`,
    [
      caseId,
      team,
      municipality ?? null,
      language,
      interpreter ?? null,
      answers.needs ?? [],
      priority,
      due,
      call ? new Date(submission.at) : null,
      answers.forWhom,
      new Date(submission.at),
    ],
  );
}
