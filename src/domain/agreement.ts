/** Purposes that a person agrees to, each on its own. `office` and `confidentiality` are per recipient: an office's id. */
export const purposes = [
  "intake",
  "contact",
  "call",
  "reminders",
  "naturalisation",
  "evaluation",
  "office",
  "confidentiality",
] as const;
export type Purpose = (typeof purposes)[number];

export type AgreementState = "given" | "refused" | "withdrawn";

/** What somebody agrees to. */
export interface AgreementOf {
  purpose: Purpose;
  recipient?: string | undefined;
}

/**
 * The text of the intake says that we may write here about the request, and remind of it: with the yes to it these two
 * are given, and each can be taken back alone. This is the whole cut between "intake" and "contact": whoever sends a
 * request wants an answer, and needs no second question for that.
 */
const givenWithIntake: Purpose[] = ["contact", "reminders"];
/** What makes no sense without the intake: taking that back ends them, too. */
const endedWithIntake: Purpose[] = ["contact", "reminders", "office", "confidentiality"];

/** The name of a purpose with its recipient: `intake`, `office:jobcenter`. */
export function agreementKey({ purpose, recipient }: AgreementOf): string {
  return recipient === undefined ? purpose : `${purpose}:${recipient}`;
}

/** Reads what `agreementKey` made. */
export function readAgreementKey(key: string): AgreementOf | undefined {
  const [name = "", recipient] = key.split(":", 2);
  const purpose = purposes.find((one) => one === name);
  return purpose && { purpose, ...(recipient !== undefined && { recipient }) };
}

/** The events that say something of a purpose: its own, and those of the intake that carries it. Oldest first. */
export function eventsOf<E extends AgreementOf & { state: AgreementState }>(events: E[], of: AgreementOf): E[] {
  const key = agreementKey(of);
  return events.filter((event) => {
    if (agreementKey(event) === key) return true;
    if (event.purpose !== "intake") return false;
    return event.state === "given" ? givenWithIntake.includes(of.purpose) : endedWithIntake.includes(of.purpose);
  });
}

/** Whether something is allowed now: the last event that says something of it is a yes. `events` are oldest first. */
export function isAllowed(events: (AgreementOf & { state: AgreementState })[], of: AgreementOf): boolean {
  return eventsOf(events, of).at(-1)?.state === "given";
}
