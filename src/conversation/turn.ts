import type { HostEffect, Request, RequestResult } from "../domain/effect.ts";
import type { PersonMessage } from "../domain/prompt.ts";
import { type Conversation, hasOpenIntake, type Session } from "../domain/session.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { contextOf, type Draft, draftOf, forgetTalk, givenOf, openFlow, say, send, type TurnInput } from "./draft.ts";
import { countMessage, keepsPace } from "./pace.ts";
import { checkFlows } from "./pure-flows.ts";
import { askTop, begin, comeBack, offerAgain, react } from "./react.ts";
import { readMessage } from "./read-message.ts";
import { handOn, isForStaff, turnAside } from "./talking.ts";

export type { TurnInput } from "./draft.ts";

checkFlows();

/** What one message led to. Plain data, but for `draft`, which `resume` goes on with. */
export interface Turn {
  conversation: Conversation;
  /** The chosen language; undefined until there is one. */
  language: string | undefined;
  /** What a turn says that made it silent goes out all the same. */
  silent: Session["silent"];
  talking: Session["talking"];
  /** In order. */
  outgoing: PersonMessage[];
  /** For staff; empty before the person agreed. */
  log: LogEntry[];
  effects: HostEffect[];
  /** To be done by the host, which then calls `resume` with the answer. */
  request?: Request;
  draft: Draft;
}

/** Moves a contact's conversation by one message. Pure; throws only for positions of a newer release and for faults. */
export function turn(input: TurnInput): Turn {
  const draft = draftOf(input);
  const { content, at } = input.message;
  // Whoever blocked us gets nothing more; whoever took that back has not said anything yet, and is left alone until then.
  if (content.type === "blocked") draft.silent = "blocked";
  if (content.type === "blocked" || content.type === "unblocked") return finish(draft);
  if (content.type === "reminder") {
    offerAgain(draft);
    return finish(draft);
  }
  if (content.type === "referral") {
    // Before the first word there is nothing to put it on, and whoever wants to hear nothing is not asked.
    if (draft.silent === undefined && draft.conversation.stack.length > 0)
      openFlow(draft, "referral", { id: content.id });
    return finish(draft);
  }
  const reply = readMessage(draft, content);
  const counted = keepsPace(reply) ? undefined : countMessage(draft.conversation.pace, at);
  if (counted) draft.conversation.pace = counted.pace;
  const flood = counted?.flood ?? "no";
  const forStaff = isForStaff(draft, reply, content);
  const inUrgent = draft.conversation.stack.at(-1)?.flow === "urgent";
  if (flood === "first" && forStaff) say(draft, { key: "flood", private: true });
  if (flood !== "no" && !forStaff && (reply.type !== "urgent" || inUrgent)) {
    if (flood === "first") say(draft, { key: "flood", private: true });
    return finish(draft);
  }
  if (content.type === "press") draft.conversation.pressed = content.data;
  const door = content.type === "start" ? content.door : undefined;
  if (door !== undefined && Object.hasOwn(input.place.partners, door)) draft.conversation.door = door;
  const wasSilent = draft.silent !== undefined;
  draft.silent = undefined;

  if (draft.conversation.stack.length === 0) begin(draft, reply);
  else if (forStaff) handOn(draft, content, flood !== "no");
  else if (wasSilent && reply.type !== "urgent") comeBack(draft, reply);
  else {
    turnAside(draft, reply);
    react(draft, reply, content);
  }
  return finish(draft);
}

/** Goes on with a turn once its request was done. What it says and asks for comes after what the turn did. */
export function resume({ draft: before }: Turn, result: RequestResult): Turn {
  const { request: _, ...rest } = before;
  const draft: Draft = {
    ...rest,
    conversation: { ...rest.conversation, stack: rest.conversation.stack.slice() },
    outgoing: [],
    log: [],
    effects: [],
  };
  send(draft, { ...result, given: givenOf(draft) });
  if (result.type === "erased") {
    // As if we had never met; only the number of the question goes on, so that old buttons stay old.
    draft.conversation = { stack: [], token: draft.conversation.token };
    draft.language = undefined;
    forgetTalk(draft);
  } else {
    if (result.type === "caseErased") forgetCase(draft, result);
    askTop(draft);
  }
  return finish(draft);
}

/** A change of a case's answers that is not sent goes with the case, and so does a talk about it. */
function forgetCase(draft: Draft, { code, caseId }: Extract<RequestResult, { type: "caseErased" }>): void {
  const { conversation } = draft;
  conversation.stack = conversation.stack.filter((position) => contextOf(position).sent?.code !== code);
  if (caseId !== undefined && draft.talking === caseId) forgetTalk(draft);
}

function finish(draft: Draft): Turn {
  // The next intake that stays open is offered again, too.
  if (!hasOpenIntake(draft.conversation)) delete draft.conversation.reminded;
  // Who wants to hear nothing more hears nothing from staff either.
  if (draft.silent === "stopped") forgetTalk(draft);
  const { conversation, language, silent, talking, outgoing, log, effects, request } = draft;
  return { conversation, language, silent, talking, outgoing, log, effects, ...(request && { request }), draft };
}
