import type { ClientBase, Pool } from "pg";
import { type AgreementRecord, agreementRecordsOf } from "../domain/agreement-record.ts";
import type { Place } from "../domain/place.ts";
import { readAgreements } from "./agreements.ts";

/** A contact's agreements as records after ISO/IEC TS 27560: what a person may have to keep. */
export async function agreementRecords(
  client: ClientBase | Pool,
  place: Place,
  contactId: string,
): Promise<AgreementRecord[]> {
  return agreementRecordsOf(place, contactId, await readAgreements(client, contactId));
}
