import type { ClientBase } from "pg";
import type { ChannelName } from "../domain/channel.ts";
import { bigints, byteas, ints, texts, uuids } from "./binary.ts";

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
}

/** `written`: contacts whose turns stand now. `handed`: lanes that another process is sending, and now these rows too. */
export interface Committed {
  written: Set<string>;
  handed: Set<string>;
}

const statement = {
  name: "commit-turns",
  text: `SELECT written, handed FROM commit_turns($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
};

/** SQLSTATE of "one of these messages was seen before": nothing of the batch was written. */
export const seenBefore = "P0D01";

/** Writes a batch in one call, each contact whole or not at all. Sorts it, so that all processes lock in one order. */
export async function commitTurns(
  client: ClientBase,
  owner: number,
  turns: TurnRows[],
  now: number,
): Promise<Committed> {
  turns.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  const made = turns.flatMap(({ contactId, made }) => (made ? [{ contactId, ...made }] : []));
  const sessions = turns.map((turn) => turn.session);
  const contacts = turns.map((turn) => turn.contactId);
  const seen = turns.flatMap((turn) => turn.seen.map((id) => ({ contact: turn.contactId, id })));
  const outbox = turns.flatMap((turn) =>
    turn.outbox.map((row) => ({ ...row, lane: turn.contactId, pulled: turn.pulled ? 1 : 0 })),
  );
  const messages = turns.flatMap((turn) => (turn.message ? [{ turn, ...turn.message }] : []));
  const query = {
    ...statement,
    rowMode: "array" as const,
    values: [
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
    ],
  };
  const { rows } = await client.query<[string[], string[]]>(query);
  const [written, handed] = rows[0] ?? [];
  return { written: new Set(written), handed: new Set(handed) };
}
