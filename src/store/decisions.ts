import { randomUUID } from "node:crypto";
import type { ClientBase } from "pg";
import type { Decision } from "../domain/decision.ts";
import type { Actor } from "../domain/staff.ts";
import { type Key, seal, unseal } from "./seal.ts";

/** What of a decision is sealed. */
type Body = Pick<Decision, "rule" | "proposed" | "office" | "reason">;

/** Keeps a decision beside the proposal that it is about, within the caller's transaction. */
export async function recordDecision(
  client: ClientBase,
  key: Key,
  decision: Body & Pick<Decision, "intakeVersion" | "kind" | "at"> & { caseId: string; by: Actor },
): Promise<void> {
  const { caseId, intakeVersion, kind, at, by, rule, proposed, office, reason } = decision;
  const id = randomUUID();
  await client.query(
    `INSERT INTO decision (id, case_id, intake_version, kind, at, by, by_id, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      caseId,
      intakeVersion,
      kind,
      at,
      by.name,
      by.id,
      seal(key, `decision:${id}`, JSON.stringify({ rule, proposed, office, reason } satisfies Body)),
    ],
  );
}

/** A decision as it is stored. */
export interface StoredDecision extends Pick<Decision, "id" | "intakeVersion" | "at" | "by" | "toldAt" | "toldBy"> {
  kind: string;
  body: Uint8Array;
}

/** Opens a decision. */
export function openDecision(key: Key, { kind, body, ...row }: StoredDecision): Decision {
  return {
    ...row,
    kind: kind === "changed" ? "changed" : "confirmed",
    ...(JSON.parse(unseal(key, `decision:${row.id}`, body)) as Body),
  };
}

/** One decision of a case; locks it. */
export async function findDecision(
  client: ClientBase,
  key: Key,
  caseId: string,
  id: string,
): Promise<Decision | undefined> {
  const { rows } = await client.query<StoredDecision>(
    `SELECT id, intake_version AS "intakeVersion", kind, at, by, body, told_at AS "toldAt", told_by AS "toldBy"
      FROM decision WHERE case_id = $1 AND id = $2 FOR UPDATE`,
    [caseId, id],
  );
  return rows[0] && openDecision(key, rows[0]);
}

/** Marks that the person was told the office of a decision. */
export async function markTold(client: ClientBase, id: string, at: Date, by: Actor): Promise<void> {
  await client.query(`UPDATE decision SET told_at = $2, told_by = $3 WHERE id = $1`, [id, at, by.name]);
}
