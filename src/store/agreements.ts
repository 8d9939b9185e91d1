import { createHash, randomUUID } from "node:crypto";
import type { ClientBase } from "pg";

/** Version of the record's fields, after ISO/IEC TS 27560:2023. */
const recordSchema = "lotse-agreement-1";

/** One event of a person's agreement, with the text exactly as it was shown. */
export interface AgreementEvent {
  contactId: string;
  purpose: string;
  state: "given" | "refused" | "withdrawn";
  text: { path: string; version: string; body: string };
  language: string;
  channel: string;
  /** How it was said. */
  way: "press" | "words";
  place: string;
  at: number;
}

/** Appends to the record of agreements; a text that was never shown before is kept with its hash. */
export async function recordAgreement(client: ClientBase, event: AgreementEvent): Promise<void> {
  const { text } = event;
  const hash = createHash("sha256")
    .update(`${text.path}\n${text.version}\n${event.language}\n${text.body}`)
    .digest("hex");
  await client.query(
    `INSERT INTO agreement_text (hash, purpose, path, version, language, body) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT DO NOTHING`,
    [hash, event.purpose, text.path, text.version, event.language, text.body],
  );
  await client.query(
    `INSERT INTO agreement (id, schema_version, contact_id, purpose, state, text_hash, text_version, language, channel,
        way, legal_basis, place, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'Art. 6 (1)(a), Art. 9 (2)(a) GDPR', $11, to_timestamp($12 / 1000.0))`,
    [
      randomUUID(),
      recordSchema,
      event.contactId,
      event.purpose,
      event.state,
      hash,
      text.version,
      event.language,
      event.channel,
      event.way,
      event.place,
      event.at,
    ],
  );
}

/** Nobody calls any more: the wish to be called goes from the person's open cases. The answers that came with it stay. */
export async function takeCallBack(client: ClientBase, contactId: string): Promise<void> {
  await client.query(
    `WITH changed AS (UPDATE case_file SET call_asked_at = NULL WHERE contact_id = $1 AND call_asked_at IS NOT NULL RETURNING id)
      INSERT INTO case_event (case_id, at, kind) SELECT id, now(), 'call_withdrawn' FROM changed`,
    [contactId],
  );
}
