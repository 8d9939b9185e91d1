import type { AgreementRecord } from "../../src/domain/agreement-record.ts";
import { berlinTime } from "../../src/domain/berlin.ts";
import type { Place } from "../../src/domain/place.ts";
import { shown } from "../../src/domain/place-value.ts";
import type { Value } from "../../src/domain/prompt.ts";

/** The receipt of one agreement, made of its whole record. */
export function receiptValue(record: AgreementRecord, place: Place): Value {
  const { purpose, record_id: id, privacy_notice: notice, recipients, events } = record;
  const items: Value[] = events.map(({ state, time }) => {
    const { day, time: clock } = berlinTime(Date.parse(time));
    return { type: "text", key: `agreements.event.${state}`, values: { at: `${day} ${clock}` } };
  });
  const office = recipients[0]?.name ?? "";
  return {
    type: "text",
    key: "agreements.receipt",
    values: {
      purpose: { type: "text", key: `agreements.choice.${purpose}`, values: { office } },
      events: { type: "list", style: "lines", items },
      controller: shown(place.controller.name, place.controller.example),
      id,
      version: notice.version,
      hash: events.at(-1)?.text_hash ?? "",
    },
  };
}
