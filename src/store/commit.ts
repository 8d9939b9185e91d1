import { type ClientBase, DatabaseError } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import { type AgreementEvent, agreementArrays } from "./agreements.ts";
import { bigints, byteas, ints, texts, uuids } from "./binary.ts";
import { caseArrays, type FiledCase } from "./filed-cases.ts";
import { type SentRow, sentArrays } from "./lanes.ts";

/** Everything one contact's turns write, sealed. */
export interface TurnRows {
  contactId: string;
  /** Of a contact that we have never seen. */
  made?: { channel: ChannelName; addressHash: Buffer; address: Buffer; dataKey: Buffer };
  session: {
    id: string;
    /** As it was loaded. */
    version: number;
    language: string | null;
    conversation: Buffer;
    sent: number;
    silent: string | null;
    remindAt: number | null;
  };
  seen: string[];
  outbox: { n: number; body: Buffer }[];
  /** Fetched by the receiver (web) instead of sent. */
  pulled: boolean;
  /** What is kept for staff, if the person agreed. */
  message?: { at: number; body: Buffer };
  agreements?: AgreementEvent[];
  /** A new case. */
  filed?: FiledCase;
}

/** What goes into the same commit as turns. */
export interface Along {
  /** Rows that were sent leave the outbox. */
  sent?: SentRow[];
  /** The rooms as cases' cards were made for them, by `knownRooms`. */
  rooms?: string;
}

/**
 * `written`: contacts whose turns stand now. `handed`: lanes that another process is sending, and now these rows too.
 * `carded`: rooms' lanes with new cards that this process sends.
 */
export interface Committed {
  written: Set<string>;
  handed: Set<string>;
  carded: string[];
}

const turnCount = 30;
const agreementCount = 21;
const caseCount = 20;
const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `$${from + index}`).join(", ");
const turnsOnly = {
  name: "commit-turns",
  text: `SELECT written, handed, NULL FROM commit_turns(${numbers(1, turnCount)})`,
};
const firstOfAgreements = turnCount + 1;
const firstOfCases = firstOfAgreements + agreementCount;
const withAll = {
  name: "commit-turns-and-all",
  text: `SELECT written, handed, file_cases(written, $1, ${numbers(firstOfCases, 1 + caseCount)}),
      record_agreements(written, ${numbers(firstOfAgreements, agreementCount)})
    FROM commit_turns(${numbers(1, turnCount)})`,
};

/** Whether a batch failed because one of its messages was seen before. Nothing of it was written. */
export function isSeenBefore(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "23505" && error.constraint === "seen_pkey";
}

/** The texts that each connection knows to be kept: they are long, and never go away. */
const keptTexts = new WeakMap<ClientBase, Set<string>>();

/**
 * Writes a batch in one call, each contact whole or not at all. Sorts it, so that all processes lock in one order.
 * Agreements and cases only outside of a transaction.
 */
export async function commitTurns(
  client: ClientBase,
  owner: number,
  turns: TurnRows[],
  now: number,
  { sent = [], rooms = "" }: Along = {},
): Promise<Committed> {
  turns.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  const agreements = turns.flatMap((turn) => turn.agreements ?? []);
  const cases = turns.flatMap((turn) => turn.filed ?? []);
  const kept = keptTexts.get(client) ?? new Set();
  const values = [
    ...turnArrays(owner, turns, now),
    ...sentArrays(sent),
    ...(agreements.length + cases.length > 0
      ? [...agreementArrays(agreements, (hash) => kept.has(hash)), rooms, ...caseArrays(cases)]
      : []),
  ];
  const statement = values.length > turnCount ? withAll : turnsOnly;
  const { rows } = await client.query<[string[], string[], string[] | null]>({
    ...statement,
    rowMode: "array" as const,
    values,
  });
  if (agreements.length > 0) {
    for (const event of agreements) kept.add(event.text.hash);
    keptTexts.set(client, kept);
  }
  const [written, handed, carded] = rows[0] ?? [];
  return { written: new Set(written), handed: new Set(handed), carded: carded ?? [] };
}

function turnArrays(owner: number, turns: TurnRows[], now: number): (number | Buffer)[] {
  const made = turns.flatMap(({ contactId, made }) => (made ? [{ contactId, ...made }] : []));
  const sessions = turns.map((turn) => turn.session);
  const contacts = turns.map((turn) => turn.contactId);
  const seen = turns.flatMap((turn) => turn.seen.map((id) => ({ contact: turn.contactId, id })));
  const outbox = turns.flatMap((turn) =>
    turn.outbox.map((row) => ({ ...row, lane: turn.contactId, pulled: turn.pulled ? 1 : 0 })),
  );
  const messages = turns.flatMap((turn) => (turn.message ? [{ turn, ...turn.message }] : []));
  return [
    owner,
    uuids(made.map((row) => row.contactId)),
    texts(made.map((row) => row.channel)),
    byteas(made.map((row) => row.addressHash)),
    byteas(made.map((row) => row.address)),
    byteas(made.map((row) => row.dataKey)),
    uuids(contacts),
    uuids(sessions.map((row) => row.id)),
    ints(sessions.map((row) => row.version)),
    texts(sessions.map((row) => row.language)),
    byteas(sessions.map((row) => row.conversation)),
    ints(sessions.map((row) => row.sent)),
    texts(sessions.map((row) => row.silent)),
    bigints(sessions.map((row) => row.remindAt)),
    now,
    uuids(seen.map((row) => row.contact)),
    texts(seen.map((row) => row.id)),
    uuids(outbox.map((row) => row.lane)),
    ints(outbox.map((row) => row.n)),
    byteas(outbox.map((row) => row.body)),
    ints(outbox.map((row) => row.pulled)),
    uuids(messages.map((row) => row.turn.contactId)),
    ints(messages.map((row) => row.turn.session.version + 1)),
    bigints(messages.map((row) => row.at)),
    byteas(messages.map((row) => row.body)),
  ];
}
