import type { ClientBase } from "pg";
import type { CaseEvent, CaseFacts } from "../domain/case.ts";
import type { Actor } from "../domain/staff.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** An entry in a case's history: codes as facts; `by` a member of staff by name and id, where one is meant. */
export interface NewEvent {
  caseId: string;
  at: number;
  kind: string;
  by?: Actor | undefined;
  facts?: CaseFacts | undefined;
  /** A reason, sealed with the contact's key for the version of the case that the event makes. */
  words?: { text: string; key: Key; version: number } | undefined;
}

/** Adds to the history of a case, as it is by now within the caller's transaction. */
export async function addEvent(client: ClientBase, event: NewEvent): Promise<void> {
  const { caseId, at, kind, by, facts, words } = event;
  await client.query(
    `INSERT INTO case_event (case_id, version, at, kind, by, by_id, facts, words)
      SELECT id, version, $2, $3, $4, $5, $6, $7 FROM case_file WHERE id = $1`,
    [
      caseId,
      new Date(at),
      kind,
      by?.name ?? null,
      by?.id ?? null,
      facts ? JSON.stringify(facts) : null,
      words ? seal(words.key, wordsOf(caseId, words.version), words.text) : null,
    ],
  );
}

/** An event as it is stored; `version` is missing in those from before there were any. */
export interface StoredEvent {
  version: number | null;
  at: Date;
  kind: string;
  by: string | null;
  facts: unknown;
  words: Uint8Array | null;
}

/** Opens an event. Its words are readable only while the contact's key is there. */
export function openEvent(key: Key | null, caseId: string, event: StoredEvent): CaseEvent {
  const { version, at, kind, by, facts, words } = event;
  return {
    at,
    kind,
    by,
    facts: (facts ?? {}) as CaseFacts,
    words: key && words && version !== null ? unseal(key, wordsOf(caseId, version), words) : "",
  };
}

/** What happened to a case after a version of it, oldest first. */
export async function eventsSince(
  client: ClientBase,
  caseId: string,
  version: number,
  key: Key | null,
): Promise<CaseEvent[]> {
  const { rows } = await client.query<StoredEvent>(
    `SELECT version, at, kind, by, facts, words FROM case_event WHERE case_id = $1 AND version > $2 ORDER BY version, at`,
    [caseId, version],
  );
  return rows.map((row) => openEvent(key, caseId, row));
}

function wordsOf(caseId: string, version: number): string {
  return `event:${caseId}:${version}`;
}
