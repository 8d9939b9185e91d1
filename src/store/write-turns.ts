import { type ClientBase, DatabaseError } from "pg";
import { agreementArrays, hashOfText } from "./agreements.ts";
import { bigints, byteas, ints, texts, uuids } from "./binary.ts";
import { type Along, type Committed, commitTurns, isSeenBefore, type TurnRows } from "./commit.ts";
import { caseArrays } from "./filed-cases.ts";
import { sentArrays } from "./lanes.ts";
import { compose, type Part } from "./turn-statement.ts";

/** The texts of agreements that each connection knows to be kept: they are long, and never go away. */
const keptTexts = new WeakMap<ClientBase, Set<string>>();
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
    for (const event of turns.flatMap((turn) => turn.agreements ?? [])) kept.add(hashOfText(event));
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
  const [lane, n, room, ref, code] = sentArrays(sent);
  const agreements = turns.flatMap((turn) => turn.agreements ?? []);
  const [hash, purpose, path, version, language, body, ...events] = agreementArrays(agreements, (key) => kept.has(key));
  const hasNewText = agreements.some((event) => !kept.has(hashOfText(event)));
  const cases = turns.flatMap((turn) => turn.filed ?? []);
  const outbox = turns.flatMap(({ contactId, outbox, pulled }) =>
    outbox.map((row) => ({ ...row, contactId, owner: pulled ? nobody : owner })),
  );
  const messages = turns.flatMap(({ contactId, session, message }) =>
    message ? [{ contactId, n: session.version + 1, ...message }] : [],
  );
  const made = turns.flatMap((turn) => (turn.made ? [{ ...turn, ...turn.made }] : []));
  const known = turns.filter((turn) => !turn.made);
  const part = (name: Part["name"], isNeeded: boolean, values: Part["values"]): Part[] =>
    isNeeded ? [{ name, values }] : [];
  return [
    ...part("contacts", made.length > 0, [
      uuids(made.map((row) => row.contactId)),
      texts(made.map((row) => row.channel)),
      byteas(made.map((row) => row.addressHash)),
      byteas(made.map((row) => row.address)),
      byteas(made.map((row) => row.dataKey)),
    ]),
    ...part("newSessions", made.length > 0, [...sessionArrays(made), now]),
    ...part("sessions", known.length > 0, [
      ...sessionArrays(known),
      now,
      ints(known.map((turn) => turn.session.version)),
      owner,
    ]),
    ...part("seen", true, [texts(turns.flatMap((turn) => turn.seen))]),
    ...part("outbox", outbox.length > 0, [
      uuids(outbox.map((row) => row.contactId)),
      ints(outbox.map((row) => row.n)),
      byteas(outbox.map((row) => row.body)),
      ints(outbox.map((row) => row.owner)),
    ]),
    ...part("messages", messages.length > 0, [
      uuids(messages.map((row) => row.contactId)),
      ints(messages.map((row) => row.n)),
      bigints(messages.map((row) => row.at)),
      byteas(messages.map((row) => row.body)),
    ]),
    ...part("sent", sent.length > 0, [lane, n]),
    ...part(
      "cards",
      sent.some((row) => row.card),
      [room, ref, code],
    ),
    ...part("texts", hasNewText, [hash, purpose, path, version, language, body]),
    ...part("agreements", agreements.length > 0, events),
    ...part("cases", cases.length > 0, [
      uuids(turns.map((turn) => turn.contactId)),
      owner,
      rooms,
      ...caseArrays(cases),
    ]),
  ];
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
