import {
  type AgreementOf,
  type AgreementState,
  agreementKey,
  eventsOf,
  type Purpose,
  readAgreementKey,
} from "./agreement.ts";

/** An event of the record of agreements as it is kept. */
export interface StoredAgreement extends AgreementOf {
  id: string;
  schemaVersion: string;
  state: AgreementState;
  textHash: string;
  textVersion: string;
  language: string;
  channel: string;
  way: string;
  legalBasis: string;
  place: string;
  /** Of whoever interpreted, where somebody did. */
  interpreter: string | null;
  /** The questions whose answers go to the recipient. */
  data: string[];
  /** Milliseconds since 1970. */
  at: number;
}

/** What a person is shown of one of their agreements. Plain JSON. */
export interface KnownAgreement {
  key: string;
  /** `with`: given with the intake; `asked`: an office's, not answered yet. */
  state: AgreementState | "with" | "none" | "asked";
  /** When the state came to be. */
  at?: number;
  /** The question about an office that can be answered anew. */
  referral?: string;
  /** What the receipt says, once there is something to say. */
  receipt?: { id: string; version: string; hash: string; events: { state: AgreementState; at: number }[] };
}

/** Shown to everybody, also before anything was said of them. */
const always: Purpose[] = ["intake", "contact", "reminders", "naturalisation", "evaluation"];

/** Where each purpose stands, for the person: `events` are oldest first, `referrals` newest first. */
export function knownAgreements(
  events: StoredAgreement[],
  referrals: { id: string; office: string }[],
): KnownAgreement[] {
  const offices = referrals.map(({ office }) => agreementKey({ purpose: "office", recipient: office }));
  const keys = new Set([...always, ...events.map(agreementKey), ...offices]);
  return [...keys].flatMap((key) => {
    const of = readAgreementKey(key);
    return of ? [known(of, events, referrals)] : [];
  });
}

function known(
  of: AgreementOf,
  events: StoredAgreement[],
  referrals: { id: string; office: string }[],
): KnownAgreement {
  const key = agreementKey(of);
  const told = eventsOf(events, of);
  const last = told.at(-1);
  const referral = of.purpose === "office" ? referrals.find(({ office }) => office === of.recipient) : undefined;
  const state = last?.state ?? (referral ? "asked" : "none");
  const isCarried = last !== undefined && agreementKey(last) !== key && last.state === "given";
  return {
    key,
    state: isCarried ? "with" : state,
    ...(last && { at: last.at }),
    ...(referral && { referral: referral.id }),
    ...(last && {
      receipt: {
        // Who never said anything of it alone has it in the record of the intake.
        id: (told.find((event) => agreementKey(event) === key) ?? told[0] ?? last).id,
        version: last.textVersion,
        hash: last.textHash,
        events: told.map((event) => ({ state: event.state, at: event.at })),
      },
    }),
  };
}
