import type { ClientBase } from "pg";
import type { OwnCase } from "../domain/own-data.ts";
import { openEvent, type StoredEvent } from "./case-events.ts";
import { openDecision, type StoredDecision } from "./decisions.ts";
import { unsealAnswers, unsealProposals } from "./intake-boxes.ts";
import { itemsOf } from "./referral-answers.ts";
import type { Key } from "./seal.ts";

// What is another person's or means nothing outside of the database stays out.
const notExported = new Set(["id", "contact_id", "claimed_by", "claimed_by_id", "contact_person_id"]);

/** Reads a contact's cases with all that belongs to them, oldest first. */
export async function readOwnCases(client: ClientBase, dataKey: Key, contactId: string): Promise<OwnCase[]> {
  const { rows } = await client.query<{ id: string; due: string } & Record<string, unknown>>(
    `SELECT f.*, f.due_on::text AS due FROM case_file f WHERE f.contact_id = $1 ORDER BY f.submitted_at, f.code`,
    [contactId],
  );
  const cases: OwnCase[] = [];
  for (const { id, due, ...columns } of rows) {
    const { code, status, for_whom, submitted_at, due_on: _, ...rest } = columns;
    cases.push({
      code: String(code),
      status: String(status),
      forWhom: String(for_whom),
      submittedAt: iso(submitted_at as Date),
      dueOn: due,
      facts: Object.fromEntries(
        Object.entries(rest).filter(([name, value]) => !notExported.has(name) && !Buffer.isBuffer(value)),
      ),
      intakes: await readIntakes(client, dataKey, id),
      decisions: await readDecisions(client, dataKey, id),
      referrals: await readReferrals(client, dataKey, id),
      events: await readEvents(client, dataKey, id),
    });
  }
  return cases;
}

async function readIntakes(client: ClientBase, dataKey: Key, caseId: string): Promise<OwnCase["intakes"]> {
  const { rows } = await client.query(
    `SELECT version, submitted_at, answers, proposals FROM intake WHERE case_id = $1 ORDER BY version`,
    [caseId],
  );
  return rows.map((row) => ({
    version: row.version,
    submittedAt: iso(row.submitted_at),
    answers: unsealAnswers(dataKey, caseId, row.version, row.answers),
    proposals: unsealProposals(dataKey, caseId, row.version, row.proposals),
  }));
}

// Which colleague it was is for colleagues.
const factsExported = new Set(["team", "to", "stage", "outcome", "on", "office"]);

async function readEvents(client: ClientBase, dataKey: Key, caseId: string): Promise<OwnCase["events"]> {
  const { rows } = await client.query<StoredEvent>(
    `SELECT version, at, kind, by, facts, words FROM case_event WHERE case_id = $1 ORDER BY at, id`,
    [caseId],
  );
  return rows.map((row) => {
    const { at, kind, by, facts, words } = openEvent(dataKey, caseId, row);
    const told = Object.entries(facts).filter(([name]) => factsExported.has(name));
    return {
      at: iso(at),
      kind,
      by: by === null ? "self" : "team",
      facts: Object.fromEntries(told),
      ...(words && { words }),
    };
  });
}

async function readDecisions(client: ClientBase, dataKey: Key, caseId: string): Promise<OwnCase["decisions"]> {
  const { rows } = await client.query<StoredDecision>(
    `SELECT id, intake_version AS "intakeVersion", kind, at, by, body, told_at AS "toldAt", told_by AS "toldBy"
      FROM decision WHERE case_id = $1 ORDER BY at`,
    [caseId],
  );
  return rows.map((row) => {
    const { at, toldAt, by: _, toldBy: __, id: ___, ...decision } = openDecision(dataKey, row);
    return { ...decision, at: iso(at), toldAt: toldAt && iso(toldAt) };
  });
}

async function readReferrals(client: ClientBase, dataKey: Key, caseId: string): Promise<OwnCase["referrals"]> {
  const { rows } = await client.query(
    `SELECT r.office, r.state, r.items, r.confidentiality, r.intake_version, r.asked_at, r.answered_at, r.withdrawn_at,
        r.handed_over_on::text AS handed_over_on, i.answers
      FROM referral r JOIN intake i ON i.case_id = r.case_id AND i.version = r.intake_version
      WHERE r.case_id = $1 ORDER BY r.asked_at`,
    [caseId],
  );
  return rows.map((row) => ({
    office: row.office,
    state: row.state,
    confidentiality: row.confidentiality,
    askedAt: iso(row.asked_at),
    answeredAt: row.answered_at && iso(row.answered_at),
    withdrawnAt: row.withdrawn_at && iso(row.withdrawn_at),
    handedOverOn: row.handed_over_on,
    answers: itemsOf(unsealAnswers(dataKey, caseId, row.intake_version, row.answers), row.items),
  }));
}

function iso(at: Date): string {
  return at.toISOString();
}
