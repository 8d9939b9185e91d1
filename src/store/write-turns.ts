import { type ClientBase, DatabaseError } from "pg";
import { agreementArrays } from "./agreements.ts";
import { bigints, byteas, ints, texts, uuids } from "./binary.ts";
import { type Along, type Committed, commitTurns, isSeenBefore, type TurnRows } from "./commit.ts";
import { caseArrays } from "./filed-cases.ts";
import { sentArrays } from "./lanes.ts";
import { compose, type Part } from "./turn-statement.ts";

/** The texts of agreements that each connection knows to be kept: they are long, and never go away. */
const keptTexts = new WeakMap<ClientBase, Set<string>>();
/** How many of `agreementArrays` are the texts. */
const arraysOfTexts = 6;
/** An owner that nobody has: the row is fetched by its receiver. */
const nobody = -1;

/**
 * Writes a batch in one statement that assumes what nearly always holds: nobody was faster for any contact, and no other
 * process is sending to any. Where it does not, nothing is written, and `commitTurns` does it contact by contact. Not
 * within a transaction.
 */
export async function writeTurns(
  client: ClientBase,
  owner: number,
  turns: TurnRows[],
  now: number,
  along: Along = {},
): Promise<Committed> {
  turns.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  const kept = keptTexts.get(client) ?? new Set();
  const { statement, values } = compose(partsOf(owner, turns, now, along, kept));
  try {
    const { rows } = await client.query<[string[] | null]>({ ...statement, rowMode: "array", values });
    for (const event of turns.flatMap((turn) => turn.agreements ?? [])) kept.add(event.text.hash);
    keptTexts.set(client, kept);
    return { written: new Set(turns.map((turn) => turn.contactId)), handed: new Set(), carded: rows[0]?.[0] ?? [] };
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return commitTurns(client, owner, turns, now, along);
  }
}

/** Whether the assumptions did not hold: P0D05 of `overtaken`, or rows of a new contact that another process has made. */
function isOvertaken(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || isSeenBefore(error)) return false;
  return error.code === "P0D05" || error.code === "23505" || error.code === "23503";
}

function partsOf(owner: number, turns: TurnRows[], now: number, along: Along, kept: Set<string>): Part[] {
  const { sent = [], rooms = "" } = along;
  const agreements = turns.flatMap((turn) => turn.agreements ?? []);
  const hasNewText = agreements.some(({ text }) => !kept.has(text.hash));
  const cases = turns.flatMap((turn) => turn.filed ?? []);
  const outbox = turns.flatMap(({ contactId, outbox, pulled }) =>
    outbox.map(({ n, body }) => ({ n, body, contactId, owner: pulled ? nobody : owner })),
  );
  const messages = turns.flatMap(({ contactId, session, message }) =>
    message ? [{ contactId, n: session.version + 1, at: message.at, body: message.body }] : [],
  );
  const made = turns.flatMap((turn) => (turn.made ? [{ ...turn, ...turn.made }] : []));
  const known = made.length === 0 ? turns : turns.filter((turn) => !turn.made);
  const [lane, n, ...cards] = sentArrays(sent);
  const parts: Part[] = [];
  const add = (name: Part["name"], isNeeded: boolean, values: () => Part["values"]) => {
    if (isNeeded) parts.push({ name, values: values() });
  };
  add("contacts", made.length > 0, () => [
    uuids(made.map((row) => row.contactId)),
    texts(made.map((row) => row.channel)),
    byteas(made.map((row) => row.addressHash)),
    byteas(made.map((row) => row.address)),
    byteas(made.map((row) => row.dataKey)),
  ]);
  add("newSessions", made.length > 0, () => [...sessionArrays(made), now]);
  add("sessions", known.length > 0, () => [
    ...sessionArrays(known),
    now,
    ints(known.map((turn) => turn.session.version)),
    owner,
  ]);
  add("seen", true, () => [texts(turns.flatMap((turn) => turn.seen))]);
  add("outbox", outbox.length > 0, () => [
    uuids(outbox.map((row) => row.contactId)),
    ints(outbox.map((row) => row.n)),
    byteas(outbox.map((row) => row.body)),
    ints(outbox.map((row) => row.owner)),
  ]);
  add("messages", messages.length > 0, () => [
    uuids(messages.map((row) => row.contactId)),
    ints(messages.map((row) => row.n)),
    bigints(messages.map((row) => row.at)),
    byteas(messages.map((row) => row.body)),
  ]);
  add("sent", sent.length > 0, () => [lane, n]);
  add(
    "cards",
    sent.some((row) => row.card !== undefined),
    () => cards,
  );
  if (agreements.length > 0) {
    const arrays = agreementArrays(agreements, (hash) => kept.has(hash));
    add("texts", hasNewText, () => arrays.slice(0, arraysOfTexts));
    add("agreements", true, () => arrays.slice(arraysOfTexts));
  }
  add("cases", cases.length > 0, () => [
    uuids(turns.map((turn) => turn.contactId)),
    owner,
    rooms,
    ...caseArrays(cases),
  ]);
  return parts;
}

function sessionArrays(turns: TurnRows[]): Buffer[] {
  const sessions = turns.map((turn) => turn.session);
  return [
    uuids(turns.map((turn) => turn.contactId)),
    uuids(sessions.map((row) => row.id)),
    texts(sessions.map((row) => row.language)),
    byteas(sessions.map((row) => row.conversation)),
    ints(sessions.map((row) => row.sent)),
    texts(sessions.map((row) => row.silent)),
    bigints(sessions.map((row) => row.remindAt)),
  ];
}
