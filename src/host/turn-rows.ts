import type { LogEntry } from "../domain/transcript.ts";
import type { TurnRows } from "../store/commit.ts";
import type { Keyring } from "../store/keyring.ts";
import { addressOf, type LaneRow } from "../store/lanes.ts";
import { sealOutgoing } from "../store/outbox.ts";
import { type Key, seal } from "../store/seal.ts";
import { sealConversation } from "../store/sessions.ts";
import type { Taken } from "./take-turns.ts";

/** After this long, an open intake is offered again, once. */
const remindAfter = 24 * 60 * 60 * 1000;

/** Channels whose messages are fetched by the receiver instead of sent. */
const pulled = new Set(["web"]);

/** Seals what a contact's turns write, and keeps the rows as they are for sending. */
export function toRows(taken: Taken, keyring: Keyring, now: number): { rows: TurnRows; lane: LaneRow[] } {
  const { caller, session, after, outgoing } = taken;
  const { contactId, dataKey, version } = session;
  const isPulled = pulled.has(caller.channel);
  const lane = outgoing.map(
    (message, index): LaneRow => ({
      lane: contactId,
      n: session.sent + index + 1,
      channel: caller.channel,
      address: caller.address,
      room: false,
      message,
      expiresAt: undefined,
    }),
  );
  const rows: TurnRows = {
    contactId,
    session: {
      id: session.id,
      version,
      language: after.language ?? null,
      conversation: sealConversation(dataKey, contactId, after.conversation),
      sent: session.sent + outgoing.length,
      silent: after.silent ?? null,
      remindAt: remindAt(taken, now),
    },
    seen: taken.messages.filter(({ repeated }) => !repeated).map(({ waiting }) => waiting.message.id),
    outbox: lane.map((row) => ({ n: row.n, body: sealOutgoing(dataKey, contactId, row.n, row.message) })),
    pulled: isPulled,
  };
  if (version === 0)
    rows.made = {
      channel: caller.channel,
      addressHash: caller.addressHash,
      address: seal(dataKey, addressOf.contact(contactId), caller.address),
      dataKey: keyring.wrap(dataKey),
    };
  if (taken.log.length > 0) rows.message = { at: now, body: sealEntries(dataKey, contactId, version + 1, taken.log) };
  return { rows, lane: isPulled ? [] : lane };
}

/** Seals what is kept for staff of one turn. */
export function sealEntries(key: Key, contactId: string, n: number, entries: LogEntry[]): Buffer {
  return seal(key, `message:${contactId}:${n}`, JSON.stringify(entries));
}

function remindAt({ after }: Taken, now: number): number | null {
  const { stack, agreed, quiet, reminded } = after.conversation;
  const open = agreed && !after.silent && stack.some(({ flow }) => flow === "intake" || flow === "contact");
  return open && !quiet && !reminded ? now + remindAfter : null;
}
