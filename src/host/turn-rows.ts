import { hasOpenIntake } from "../domain/session.ts";
import type { LogEntry } from "../domain/transcript.ts";
import type { TurnRows } from "../store/commit.ts";
import type { Keyring } from "../store/keyring.ts";
import { addressOf, type LaneRow } from "../store/lanes.ts";
import { sealOutgoing } from "../store/outbox.ts";
import { type Key, seal } from "../store/seal.ts";
import { sealConversation } from "../store/sessions.ts";
import type { Taken } from "./take-turns.ts";

const day = 24 * 60 * 60 * 1000;
const quarter = 15 * 60 * 1000;
/** After this long, an open intake is offered again, once. */
const remindAfter = day;

/** Channels whose messages are fetched by the receiver instead of sent. */
const pulled = new Set(["web"]);

/**
 * Seals what a contact's turns write, and keeps the rows as they are for sending. An intake that stays open is erased
 * after `openIntakeDays` without a message.
 */
export function toRows(
  taken: Taken,
  { keyring, now, openIntakeDays }: { keyring: Keyring; now: number; openIntakeDays: number },
): { rows: TurnRows; lane: LaneRow[] } {
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
      remindAt: remindAt(taken, now, openIntakeDays),
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

/**
 * When the sweep looks at an open intake: to offer it again, and after that to erase it. In quarters of an hour, so that
 * it stays the same from one message to the next: what has an index is expensive to change.
 */
function remindAt(taken: Taken, now: number, openIntakeDays: number): number | null {
  const at = exactRemindAt(taken, now, openIntakeDays);
  return at === null ? null : Math.ceil(at / quarter) * quarter;
}

function exactRemindAt({ after, messages }: Taken, now: number, openIntakeDays: number): number | null {
  if (!hasOpenIntake(after.conversation)) return null;
  if (!after.conversation.reminded) return now + remindAfter;
  // The offer is no message of the person, and prolongs nothing.
  const isOffer = messages.every(({ waiting }) => waiting.message.content.type === "reminder");
  return now + openIntakeDays * day - (isOffer ? remindAfter : 0);
}
