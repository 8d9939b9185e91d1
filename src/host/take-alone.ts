import type { Pool, PoolClient } from "pg";
import { resume } from "../conversation/turn.ts";
import { commitTurns } from "../store/commit.ts";
import { countDoor } from "../store/doors.ts";
import { eraseSoon } from "../store/erase.ts";
import type { Keyring } from "../store/keyring.ts";
import { dropLane, type LaneRow } from "../store/lanes.ts";
import { inTransaction } from "../store/pool.ts";
import { leaveTalk } from "../store/talk-end.ts";
import type { Dispatch } from "./dispatch.ts";
import { applyEffects } from "./effects.ts";
import { answerRequest, type CaseNews } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";
import { isDoor, type Taken } from "./take-turns.ts";
import { toRows } from "./turn-rows.ts";

interface Options {
  pool: Pool;
  keyring: Keyring;
  dispatch: Dispatch;
  around: Surroundings;
  /** Writes the cards of a case into the rooms' lanes; answers the lanes. */
  writeCards(client: PoolClient, owner: number, news: CaseNews): Promise<string[]>;
  /** Tells staff pages that cases changed, after the commit. */
  announce(): void;
}

/** Undoes the transaction of a turn whose session had changed meanwhile. */
class Overtaken extends Error {}

/**
 * Takes a turn that asks for more than a batch does: in a transaction of its own, the session locked and its version
 * checked first, then effects and request, the turn continued with the answer, and everything committed together.
 */
export function makeTakeAlone({ pool, keyring, dispatch, around, writeCards, announce }: Options) {
  return async (taken: Taken): Promise<Taken | undefined> => {
    const owner = await dispatch.owner();
    const rooms: string[] = [];
    let done: { taken: Taken; lane: LaneRow[]; handed: boolean };
    try {
      done = await inTransaction(pool, async (client) => {
        await lockSession(client, taken);
        const finished = await carryOut(client, taken, async (news) => {
          rooms.push(...(await writeCards(client, owner.number, news)));
        });
        const { rows, lane } = toRows(finished, {
          keyring,
          now: Date.now(),
          openIntakeDays: around.place.retention.open_intake_days,
        });
        const { written, handed } = await commitTurns(client, owner.number, [rows], Date.now());
        if (!written.has(rows.contactId)) throw new Overtaken();
        if (finished.erased) await eraseSoon(client, rows.contactId, Date.now());
        return { taken: finished, lane, handed: handed.has(rows.contactId) };
      });
    } catch (error) {
      if (error instanceof Overtaken) return undefined;
      // If the commit went through all the same, its rows are found now, before those of the next turn.
      await dispatch.wake([taken.session.contactId]);
      throw error;
    }
    if (done.taken.after.silent || done.taken.erased) dispatch.forgetLane(taken.session.contactId);
    if (done.handed) {
      // Its owner was told.
    } else if (taken.session.isOwn) dispatch.add(owner.number, done.lane);
    // Another process may have written rows before these, which this one has not heard of yet.
    else rooms.push(taken.session.contactId);
    const leftTalk = done.taken.after.talking !== taken.session.talking;
    if (taken.open?.turn.request || taken.open?.turn.effects.length || leftTalk) announce();
    await dispatch.wake(rooms);
    return done.taken;
  };

  async function carryOut(client: PoolClient, taken: Taken, notify: (news: CaseNews) => Promise<void>): Promise<Taken> {
    const { open, session } = taken;
    if (!open) return taken;
    const { message } = open;
    const { contactId, dataKey } = session;
    const language = taken.after.language ?? "de";
    const of = {
      contactId,
      dataKey,
      language,
      message,
      channel: message.channel,
      at: message.at,
      door: taken.after.conversation.door,
      notify: (_: PoolClient, news: CaseNews) => notify(news),
    };
    if (isDoor(open.turn, message.content)) await countDoor(client, message.content.door, message.at);
    let finished = taken;
    let { turn } = open;
    await applyEffects(client, turn.effects, of, around);
    while (turn.request) {
      const result = await answerRequest(client, turn.request, of, around);
      if (result.type === "erased") finished = { ...finished, erased: true };
      turn = resume(turn, result);
      await applyEffects(client, turn.effects, of, around);
      finished = {
        ...finished,
        after: {
          ...finished.after,
          conversation: turn.conversation,
          language: turn.language,
          silent: turn.silent,
          talking: turn.talking,
        },
        outgoing: [...finished.outgoing, ...turn.outgoing],
        // What was kept for staff goes with what it was about.
        log: finished.erased || result.type === "caseErased" ? [] : [...finished.log, ...turn.log],
      };
    }
    if (finished.after.silent) await dropLane(client, contactId, finished.after.silent);
    if (session.talking !== undefined && finished.after.talking === undefined)
      await leaveTalk(client, contactId, session.talking, new Date(message.at));
    return finished;
  }
}

async function lockSession(client: PoolClient, { session }: Taken): Promise<void> {
  if (session.version === 0) return;
  const { rowCount } = await client.query(
    `SELECT FROM session WHERE contact_id = $1 AND id = $2 AND version = $3 FOR UPDATE`,
    [session.contactId, session.id, session.version],
  );
  if (rowCount !== 1) throw new Overtaken();
}
