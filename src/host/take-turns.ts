import { randomUUID } from "node:crypto";
import { NewerPositionError } from "../conversation/position.ts";
import { type Turn, turn } from "../conversation/turn.ts";
import type { Content, IncomingMessage } from "../domain/channel.ts";
import type { PersonMessage } from "../domain/prompt.ts";
import type { Session } from "../domain/session.ts";
import { newDataKey } from "../store/keyring.ts";
import type { LoadedSession } from "../store/sessions.ts";
import type { Caller, Waiting } from "./callers.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a contact's waiting messages come to, before anything is written. */
export interface Taken {
  caller: Caller;
  /** As it was loaded. */
  session: LoadedSession;
  /** The messages taken, in order; repeats are marked. */
  messages: { waiting: Waiting; repeated: boolean }[];
  /** The session as the last turn leaves it. */
  after: Session;
  outgoing: PersonMessage[];
  log: Turn["log"];
  /** The last turn, where it asks for more than a batch does: effects with rows, or a request. */
  open?: { turn: Turn; message: IncomingMessage };
  /** Something is left that needs a transaction of its own. */
  alone: boolean;
  /** The person had everything erased in this turn. */
  erased?: boolean;
  /** The person wrote to staff. */
  isForStaff?: boolean;
}

/** A turn without what `resume` goes on with. */
type Moved = Omit<Turn, "draft">;

// As many as a person can't write; what else waits takes part in the next round, with everybody else's.
const mostAtOnce = 16;

/** Takes a caller's messages out of its queue and moves the conversation by each. Writes nothing. */
export function takeTurns(caller: Caller, isRepeat: (id: string) => boolean, around: Surroundings): Taken {
  const session = caller.session ?? newSession();
  const taken: Taken = {
    caller,
    session,
    messages: [],
    after: session,
    outgoing: [],
    log: [],
    alone: caller.alone,
  };
  const here = new Set<string>();
  while (caller.queue.length > 0 && taken.messages.length < mostAtOnce && !taken.open) {
    const waiting = caller.queue.shift();
    if (!waiting) break;
    const { message } = waiting;
    if (here.has(message.id) || caller.seen.has(message.id) || isRepeat(message.id)) {
      taken.messages.push({ waiting, repeated: true });
      continue;
    }
    here.add(message.id);
    let moved: Moved | Turn;
    try {
      if (message.id === caller.faulty) throw new Error("could not be written");
      moved = turn({ session: taken.after, message, place: around.place, texts: around.texts });
    } catch (error: unknown) {
      // A newer release wrote this position: it will take the message when it is delivered again.
      if (error instanceof NewerPositionError) {
        waiting.reject(new Error("not taken; deliver again"));
        continue;
      }
      moved = apologise(taken.after, error, around);
    }
    taken.messages.push({ waiting, repeated: false });
    for (const message of moved.outgoing) {
      // Of several changes of one message only the last is worth sending.
      const older = taken.outgoing.findIndex(
        (one) => updatesOf(one) !== undefined && updatesOf(one) === updatesOf(message),
      );
      if (older >= 0) taken.outgoing.splice(older, 1);
      taken.outgoing.push(message);
    }
    taken.log.push(...moved.log);
    if (moved.log.some(({ type }) => type === "wrote" || type === "unseen")) taken.isForStaff = true;
    taken.after = {
      ...taken.after,
      conversation: moved.conversation,
      language: moved.language,
      silent: moved.silent,
      talking: moved.talking,
    };
    if ("draft" in moved && needsMore(moved, session, message)) {
      taken.open = { turn: moved, message };
      taken.alone = true;
    }
  }
  return taken;
}

function updatesOf(message: PersonMessage): string | undefined {
  return message.type === "prompt" ? message.updates : undefined;
}

/** Whether a turn asks for more than a batch writes. */
function needsMore(moved: Turn, before: Session, { content }: IncomingMessage): boolean {
  return (
    moved.effects.length > 0 ||
    moved.request !== undefined ||
    moved.silent !== before.silent ||
    moved.talking !== before.talking ||
    isDoor(moved, content)
  );
}

/** Whether somebody came by a partner's link. */
export function isDoor({ conversation }: Pick<Turn, "conversation">, content: Content): content is Door {
  return content.type === "start" && content.door !== undefined && content.door === conversation.door;
}
type Door = Extract<Content, { type: "start" }> & { door: string };

/** A contact that has never written. */
function newSession(): LoadedSession {
  return {
    contactId: randomUUID(),
    id: randomUUID(),
    version: 0,
    language: undefined,
    conversation: { stack: [], token: 0 },
    // Seconds since 2026: more than any number an erased contact at the same address had, so that a page that still
    // has its old number misses nothing.
    sent: Math.floor((Date.now() - Date.UTC(2026, 0)) / 1000),
    silent: undefined,
    talking: undefined,
    dataKey: newDataKey(),
    isOwn: true,
  };
}

/** The one place that catches: the person gets an apology, the position stays, the log gets an id and nothing said. */
function apologise(session: Session, error: unknown, { log }: Surroundings): Moved {
  const id = randomUUID().slice(0, 8);
  log.error(`turn ${id} failed: ${error instanceof Error ? error.name : "no error"} ${whereOf(error)}`);
  const prompt = { key: "apology", values: { id } };
  return {
    conversation: session.conversation,
    language: session.language,
    silent: session.silent,
    talking: session.talking,
    outgoing: [{ type: "prompt", prompt, language: session.language ?? "de" }],
    log: [],
    effects: [],
  };
}

/** The place in the code where an error was made; of a message with several lines none is taken for it. */
export function whereOf(error: unknown): string {
  const { message = "", stack = "" } = error instanceof Error ? error : {};
  const frames = stack.replace(message, "").split("\n");
  return frames.find((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))?.trim() ?? "";
}
