import { createHash, randomUUID } from "node:crypto";
import type { ClientBase } from "pg";
import { bigints, texts, uuids } from "./binary.ts";

/** Version of the record's fields, after ISO/IEC TS 27560:2023. */
const recordSchema = "lotse-agreement-1";

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
  purpose: string;
  state: "given" | "refused" | "withdrawn";
  text: ShownText;
  language: string;
  channel: string;
  /** How it was said. */
  way: "press" | "words";
  place: string;
  at: number;
}

const basis = "Art. 6 (1)(a), Art. 9 (2)(a) GDPR";

/** Appends to the record of agreements; a text that was never shown before is kept with its hash. */
export async function recordAgreement(client: ClientBase, event: AgreementEvent): Promise<void> {
  const text = `SELECT record_agreements($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
    $19, $20)`;
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
    texts(events.map((row) => row.state)),
    texts(events.map((row) => row.text.hash)),
    texts(events.map((row) => row.text.version)),
    texts(events.map((row) => row.language)),
    texts(events.map((row) => row.channel)),
    texts(events.map((row) => row.way)),
    texts(events.map(() => basis)),
    texts(events.map((row) => row.place)),
    bigints(events.map((row) => row.at)),
  ];
}

/** Nobody calls any more: the wish to be called goes from the person's open cases. The answers that came with it stay. */
export async function takeCallBack(client: ClientBase, contactId: string): Promise<void> {
  await client.query(
    `WITH changed AS (
       UPDATE case_file SET call_asked_at = NULL, version = version + 1
         WHERE contact_id = $1 AND call_asked_at IS NOT NULL RETURNING id, version
     ) INSERT INTO case_event (case_id, version, at, kind) SELECT id, version, now(), 'call_withdrawn' FROM changed`,
    [contactId],
  );
}
