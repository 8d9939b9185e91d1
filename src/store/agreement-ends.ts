import type { ClientBase } from "pg";
import type { Purpose } from "../domain/agreement.ts";
import type { Agreeing } from "../domain/effect.ts";

/**
 * Does what follows at once from what a person agreed to or took back, within the transaction that records it.
 * Taken back ends all that it carried: what waits to be sent for it goes, cases and referrals say so, nobody calls.
 *
 * @returns the ids of the cases that staff shall see anew
 */
export async function applyAgreement(client: ClientBase, contactId: string, said: Agreeing): Promise<string[]> {
  if (said.state === "given") return said.purpose === "intake" ? showAgain(client, contactId) : [];
  // A no to an office is one to all that it was asked for.
  if (said.state === "refused") return said.purpose === "office" ? endReferrals(client, contactId, said.recipient) : [];
  await dropMessages(client, contactId, said.purpose === "intake" ? ["intake", ...withIntake] : [said.purpose]);
  switch (said.purpose) {
    case "intake": {
      await endReferrals(client, contactId);
      return hide(client, contactId);
    }
    case "contact":
      return tell(client, contactId, "contact_withdrawn");
    case "call":
      return takeCallBack(client, contactId);
    case "office":
    case "confidentiality":
      return endReferrals(client, contactId, said.recipient);
    default:
      return [];
  }
}

const withIntake: Purpose[] = ["contact", "reminders", "office"];

/** The content of the person's cases is shown no longer, and nothing more is done with it. */
async function hide(client: ClientBase, contactId: string): Promise<string[]> {
  return withEvent(
    client,
    `UPDATE case_file SET withdrawn_at = now(), version = version + 1
      WHERE contact_id = $1 AND status <> 'erased' AND withdrawn_at IS NULL RETURNING id, version`,
    contactId,
    "agreement_withdrawn",
  );
}

async function showAgain(client: ClientBase, contactId: string): Promise<string[]> {
  return withEvent(
    client,
    `UPDATE case_file SET withdrawn_at = NULL, version = version + 1
      WHERE contact_id = $1 AND status <> 'erased' AND withdrawn_at IS NOT NULL RETURNING id, version`,
    contactId,
    "agreement_given",
  );
}

/** Nobody calls any more: the wish to be called goes from the person's cases. The answers that came with it stay. */
async function takeCallBack(client: ClientBase, contactId: string): Promise<string[]> {
  return withEvent(
    client,
    `UPDATE case_file SET call_asked_at = NULL, version = version + 1
      WHERE contact_id = $1 AND call_asked_at IS NOT NULL RETURNING id, version`,
    contactId,
    "call_withdrawn",
  );
}

async function tell(client: ClientBase, contactId: string, kind: string): Promise<string[]> {
  const open = `SELECT id, version FROM case_file WHERE contact_id = $1 AND status IN ('open', 'claimed')`;
  return withEvent(client, open, contactId, kind);
}

async function withEvent(client: ClientBase, cases: string, contactId: string, kind: string): Promise<string[]> {
  const { rows } = await client.query<{ case_id: string }>(
    `WITH changed AS (${cases})
      INSERT INTO case_event (case_id, version, at, kind) SELECT id, version, now(), $2 FROM changed RETURNING case_id`,
    [contactId, kind],
  );
  return rows.map((row) => row.case_id);
}

/** What may not go to an office any more; of what is there already, the page says that the person took it back. */
async function endReferrals(client: ClientBase, contactId: string, office?: string): Promise<string[]> {
  const { rows } = await client.query<{ case_id: string }>(
    `WITH ended AS (
      UPDATE referral r SET state = 'withdrawn', withdrawn_at = now() FROM case_file f
        WHERE f.id = r.case_id AND f.contact_id = $1 AND ($2::text IS NULL OR r.office = $2)
          AND r.state IN ('asked', 'agreed', 'handed_over')
        RETURNING r.case_id, f.version, r.office)
      INSERT INTO case_event (case_id, version, at, kind, facts)
        SELECT case_id, version, now(), 'referral_withdrawn', jsonb_build_object('office', office) FROM ended RETURNING case_id`,
    [contactId, office ?? null],
  );
  return [...new Set(rows.map((row) => row.case_id))];
}

/** What waits to be sent for a purpose leaves the lane, and whoever is sending it is told. */
async function dropMessages(client: ClientBase, contactId: string, purposes: Purpose[]): Promise<void> {
  await client.query(
    `WITH gone AS (DELETE FROM outbox WHERE lane = $1 AND purpose = ANY ($2) RETURNING lane, n),
      kept AS (INSERT INTO dropped (lane, n, reason) SELECT lane, n, 'withdrawn' FROM gone ON CONFLICT DO NOTHING)
      SELECT pg_notify('outbox', lane::text) FROM gone LIMIT 1`,
    [contactId, purposes],
  );
}
