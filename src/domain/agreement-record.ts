import { type AgreementOf, type AgreementState, agreementKey, eventsOf, type Purpose } from "./agreement.ts";
import type { StoredAgreement } from "./known-agreement.ts";
import type { Place } from "./place.ts";
import type { LocalName } from "./validity.ts";

/**
 * The record of one agreement, after ISO/IEC TS 27560:2023: what it is about, who is part of it, and every event. Its
 * shape is `docs/agreement-record.schema.json`. The whole of it is also the receipt.
 */
export interface AgreementRecord {
  schema_version: string;
  record_id: string;
  /** A pseudonym: who that is stands elsewhere, and goes with the person's data. */
  pii_principal_id: string;
  purpose: Purpose;
  privacy_notice: { text: string; version: string; language: string };
  language: string;
  legal_basis: string;
  /** Codes: of kinds of data, or of the questions whose answers go to the recipient. */
  data_categories: string[];
  controllers: Party[];
  recipients: Party[];
  storage_location: string;
  retention: { of: string; period: string };
  jurisdiction: string;
  withdrawal_method: string;
  state: AgreementState;
  events: AgreementRecordEvent[];
}

interface Party {
  name: string;
  address?: string;
  email?: string;
  phone?: string;
  url?: string;
}

interface AgreementRecordEvent {
  event_id: string;
  /** `intake` in the record of what is given and taken back with it. */
  purpose: Purpose;
  state: AgreementState;
  time: string;
  /** By a button or in words, and on which channel. */
  way: string;
  channel: string;
  language: string;
  interpreter_used: string | null;
  text_version: string;
  text_hash: string;
}

/** What each purpose is about, and which of the place's periods it is kept for. */
const about: { [P in Purpose]: { data: string[]; kept: "case" | "contact" } } = {
  intake: { data: ["answers", "conversation", "language", "chat_address"], kept: "case" },
  contact: { data: ["language", "chat_address"], kept: "case" },
  call: { data: ["phone", "safe_time", "language"], kept: "case" },
  reminders: { data: ["language", "chat_address"], kept: "case" },
  naturalisation: { data: ["language", "municipality", "chat_address"], kept: "contact" },
  evaluation: { data: ["answers"], kept: "case" },
  office: { data: [], kept: "case" },
  confidentiality: { data: [], kept: "case" },
};

/** Makes one record of each purpose that somebody said anything of; `events` are oldest first. */
export function agreementRecordsOf(place: Place, contactId: string, events: StoredAgreement[]): AgreementRecord[] {
  const own = new Map<string, AgreementOf>();
  for (const { purpose, recipient } of events) own.set(agreementKey({ purpose, recipient }), { purpose, recipient });
  return [...own.values()].flatMap((of) => {
    const told = eventsOf(events, of);
    const first = told.find((event) => agreementKey(event) === agreementKey(of));
    const last = told.at(-1);
    return first && last ? [recordOf(place, contactId, of, { first, last, told })] : [];
  });
}

function recordOf(
  place: Place,
  contactId: string,
  of: AgreementOf,
  { first, last, told }: { first: StoredAgreement; last: StoredAgreement; told: StoredAgreement[] },
): AgreementRecord {
  const { data, kept } = about[of.purpose];
  const { closed_case_months: months, agreement_proof_months: proof } = place.retention;
  return {
    schema_version: first.schemaVersion,
    record_id: first.id,
    pii_principal_id: contactId,
    purpose: of.purpose,
    // One version holds for all texts of a language: the notice was shown in the one of the last event.
    privacy_notice: { text: "notice.full", version: last.textVersion, language: last.language },
    language: last.language,
    legal_basis: last.legalBasis,
    data_categories: of.recipient === undefined ? data : latestData(told),
    controllers: [partyOf(place.controller)],
    recipients: of.recipient === undefined ? [] : [officeOf(place, of.recipient)],
    storage_location: place.storage.location,
    retention: {
      of:
        kept === "case"
          ? "data: after the case is closed; proof: after the last event"
          : "data: until withdrawn; proof",
      period: kept === "case" ? `P${months}M; P${proof}M` : `P${proof}M`,
    },
    jurisdiction: "DE-NW",
    withdrawal_method: `chat: /data; ${place.phone.number}`,
    state: last.state,
    events: told.map((event) => ({
      event_id: event.id,
      purpose: event.purpose,
      state: event.state,
      time: new Date(event.at).toISOString(),
      way: event.way,
      channel: event.channel,
      language: event.language,
      interpreter_used: event.interpreter,
      text_version: event.textVersion,
      text_hash: event.textHash,
    })),
  };
}

/** A withdrawal names no data: what was agreed to before it counts. */
function latestData(told: StoredAgreement[]): string[] {
  return told.findLast(({ data }) => data.length > 0)?.data ?? [];
}

function partyOf({ name, address, email, phone, url }: Place["controller"]): Party {
  return { name, ...(address && { address }), ...(email && { email }), ...(phone && { phone }), ...(url && { url }) };
}

/** An office that has left the place's data since is named by its id. */
function officeOf(place: Place, id: string): Party {
  const office = place.offices[id];
  if (!office) return { name: id };
  const { name, address, phone, url } = office;
  return { name: german(name), ...(address && { address }), ...(phone && { phone }), ...(url && { url }) };
}

function german(name: LocalName): string {
  return typeof name === "string" ? name : (name.de ?? "");
}
