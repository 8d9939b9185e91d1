import { createHash, randomUUID } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import type { AgreementState, Purpose } from "../domain/agreement.ts";
import type { StoredAgreement } from "../domain/known-agreement.ts";
import { bigints, texts, uuids } from "./binary.ts";

/** Version of the record's fields, after ISO/IEC TS 27560:2023. */
const recordSchema = "lotse-agreement-2";

/** A text as it was shown, with its hash. */
export interface ShownText {
  path: string;
  version: string;
  body: string;
  hash: string;
}

/** One event of a person's agreement, with the text exactly as it was shown. */
export interface AgreementEvent {
  contactId: string;
  purpose: Purpose;
  recipient?: string | undefined;
  state: AgreementState;
  text: ShownText;
  language: string;
  channel: string;
  /** How it was said. */
  way: "press" | "words";
  place: string;
  /** The questions whose answers go to the recipient. */
  data?: string[] | undefined;
  at: number;
}

const basis = "Art. 6 (1)(a), Art. 9 (2)(a) GDPR";

/** Appends to the record of agreements; a text that was never shown before is kept with its hash. */
export async function recordAgreement(client: ClientBase, event: AgreementEvent): Promise<void> {
  const text = `SELECT record_agreements($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
    $19, $20, $21, $22)`;
  await client.query(text, [uuids([event.contactId]), ...agreementArrays([event], () => false)]);
}

/** A text with its hash: of what was shown, and as what. */
export function toShownText(path: string, version: string, language: string, body: string): ShownText {
  const hash = createHash("sha256").update(`${path}\n${version}\n${language}\n${body}`).digest("hex");
  return { path, version, body, hash };
}

/** Events as `record_agreements` takes them, behind the contacts; with the texts that are not known to be kept. */
export function agreementArrays(events: AgreementEvent[], isKept: (hash: string) => boolean): Buffer[] {
  const shown = events.filter(({ text }) => !isKept(text.hash));
  return [
    texts(shown.map((row) => row.text.hash)),
    texts(shown.map((row) => row.purpose)),
    texts(shown.map((row) => row.text.path)),
    texts(shown.map((row) => row.text.version)),
    texts(shown.map((row) => row.language)),
    texts(shown.map((row) => row.text.body)),
    uuids(events.map((row) => row.contactId)),
    uuids(events.map(() => randomUUID())),
    texts(events.map(() => recordSchema)),
    texts(events.map((row) => row.purpose)),
    texts(events.map((row) => row.recipient ?? null)),
    texts(events.map((row) => row.state)),
    texts(events.map((row) => row.text.hash)),
    texts(events.map((row) => row.text.version)),
    texts(events.map((row) => row.language)),
    texts(events.map((row) => row.channel)),
    texts(events.map((row) => row.way)),
    texts(events.map(() => basis)),
    texts(events.map((row) => row.place)),
    texts(events.map((row) => (row.data ?? []).join(","))),
    bigints(events.map((row) => row.at)),
  ];
}

/** All that a contact ever said of agreements, oldest first. */
export async function readAgreements(client: ClientBase | Pool, contactId: string): Promise<StoredAgreement[]> {
  const { rows } = await client.query(
    `SELECT id, schema_version AS "schemaVersion", purpose, recipient, state, text_hash AS "textHash",
        text_version AS "textVersion", language, channel, way, legal_basis AS "legalBasis", place, interpreter, data,
        (extract(epoch FROM at) * 1000)::float8 AS at
      FROM agreement WHERE contact_id = $1 ORDER BY n`,
    [contactId],
  );
  return rows.map(({ recipient, ...row }) => ({ ...row, at: Math.round(row.at), ...(recipient && { recipient }) }));
}
