import type { ClientBase } from "pg";

/** An entry in a case's history: codes as facts; `by` a member of staff by name and id, where one is meant. */
export interface NewEvent {
  caseId: string;
  at: number;
  kind: string;
  by?: { id: string; name: string } | undefined;
  facts?: { [name: string]: string };
}

/** Adds to the history of a case within the caller's transaction. */
export async function addEvent(client: ClientBase, { caseId, at, kind, by, facts }: NewEvent): Promise<void> {
  await client.query(`INSERT INTO case_event (case_id, at, kind, by, by_id, facts) VALUES ($1, $2, $3, $4, $5, $6)`, [
    caseId,
    new Date(at),
    kind,
    by?.name ?? null,
    by?.id ?? null,
    facts ? JSON.stringify(facts) : null,
  ]);
}
