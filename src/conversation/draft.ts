import type { Context, FlowEvent, Given } from "../../flows/conversation.ts";
import type { IncomingMessage } from "../domain/channel.ts";
import type { Agreeing, Answers, HostEffect, Request } from "../domain/effect.ts";
import type { Place } from "../domain/place.ts";
import { type OutgoingPrompt, type PersonMessage, type Prompt, teamValue, type Value } from "../domain/prompt.ts";
import { type Conversation, isIntake, type Position, type Session, type TalkNotes } from "../domain/session.ts";
import type { Texts } from "../domain/texts.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { hinted, languageOf, offeredLanguages } from "./language.ts";
import { type Act, move, promptOf, questionOf, readPosition, startOf } from "./position.ts";

/** What a turn begins with. */
export interface TurnInput {
  session: Session;
  message: Pick<IncomingMessage, "channel" | "at" | "content" | "languageHint">;
  place: Place;
  texts: Texts;
}

/** A turn under way: flows are moved, what they ask for is done or collected. */
export interface Draft {
  input: TurnInput;
  conversation: Conversation;
  language: string | undefined;
  silent: Session["silent"];
  talking: Session["talking"];
  outgoing: PersonMessage[];
  log: LogEntry[];
  effects: HostEffect[];
  request?: Request;
  /** The language used while none was chosen. */
  spoken: string;
}

export function draftOf(input: TurnInput): Draft {
  const { session } = input;
  return {
    input,
    // A shallow copy is enough: positions are replaced, never changed.
    conversation: { ...session.conversation, stack: session.conversation.stack.slice() },
    language: session.language,
    silent: session.silent,
    talking: session.talking,
    outgoing: [],
    log: [],
    effects: [],
    spoken: languageOf(input),
  };
}

/** What flows may know at this point of the turn. */
export function givenOf({ input, conversation, language, spoken }: Draft): Given {
  const { place, texts, message } = input;
  const languages = offeredLanguages(place, texts);
  return {
    at: message.at,
    place,
    language: spoken,
    languages,
    languageKnown: language !== undefined || hinted(languages, message.languageHint) !== undefined,
    channel: message.channel,
    agreed: conversation.agreed === true,
    alsoAgreed: conversation.alsoAgreed ?? [],
    naturalisationAsked: conversation.naturalisationAsked === true,
    quiet: conversation.quiet === true,
  };
}

/** Puts a flow on top and begins it. One that is on the stack already goes away first, with all that is above it. */
export function openFlow(draft: Draft, flow: string, answers?: Answers): void {
  const { stack } = draft.conversation;
  const before = stack.findIndex((position) => position.flow === flow);
  if (before > 0) stack.length = before;
  stack.push(startOf(flow, answers));
  // A new intake is offered once of its own.
  if (isIntake(flow)) delete draft.conversation.reminded;
  send(draft, { type: "open", given: givenOf(draft) });
}

/** Moves the flow on top by an event, and does what it asks for. */
export function send(draft: Draft, event: FlowEvent): void {
  const { stack } = draft.conversation;
  const top = readPosition(topOf(draft));
  const { position, acts, done } = move(top, event);
  stack[stack.length - 1] = position;
  // Ended first: what it opens comes in its place.
  if (done) stack.pop();
  for (const act of acts) carryOut(draft, act, event.given);
}

/** Says something that is no question. */
export function say(draft: Draft, prompt: Prompt, more: Pick<OutgoingPrompt, "inTalk"> = {}): void {
  draft.outgoing.push({ type: "prompt", prompt, language: draft.spoken, ...more });
  log(draft, prompt);
}

/** What is remembered of a talk with staff. */
export function notesOf({ conversation, input }: Draft): TalkNotes {
  return conversation.talk ?? { team: input.place.coordination };
}

/** Ends a talk with staff, and says so. The question that waited is asked by whoever calls. */
export function leaveTalk(draft: Draft): void {
  const { team } = notesOf(draft);
  forgetTalk(draft);
  say(draft, { key: "talk.ended", values: { team: teamValue(team) } });
}

/** Ends a talk with staff without a word. */
export function forgetTalk(draft: Draft): void {
  draft.talking = undefined;
  delete draft.conversation.talk;
}

export interface Asking {
  /** Why it is asked again. */
  again?: Value;
  /** What was noted before it. */
  noted?: Value;
  /** The platform's id of a message that is updated instead. */
  updates?: string;
}

/** Asks the question of the flow on top. */
export function ask(draft: Draft, { again, noted, updates }: Asking = {}): void {
  const position = readPosition(topOf(draft));
  const question = questionOf(position);
  if (!question) throw new Error(`flow ${position.flow} waits without a question in ${String(position.value)}`);
  const prompt = promptOf(question, position, givenOf(draft));
  const lead = again ?? noted;
  if (updates === undefined) draft.conversation.token += 1;
  draft.outgoing.push({
    type: "prompt",
    prompt: lead === undefined ? prompt : { ...prompt, lead },
    language: draft.spoken,
    token: draft.conversation.token,
    ...(updates !== undefined && { updates }),
  });
}

export function topOf({ conversation: { stack } }: Draft): Position {
  const top = stack.at(-1);
  if (!top) throw new Error("a conversation without a flow");
  return top;
}

export function contextOf(position: Position): Context {
  return position.context as Context;
}

function log({ conversation, log: lines }: Draft, { key, values, private: isPrivate }: Prompt): void {
  if (conversation.agreed && !isPrivate) lines.push({ type: "said", key, ...(values && { values }) });
}

function carryOut(draft: Draft, act: Act, given: Given): void {
  const { conversation } = draft;
  switch (act.type) {
    case "say":
      say(draft, act.params);
      break;
    case "sendFile": {
      const { file, prompt } = act.params;
      const token = file.token === undefined ? {} : { token: file.token };
      draft.outgoing.push({ type: "file", file: file.id, prompt, language: draft.spoken, ...token });
      break;
    }
    case "setLanguage":
      draft.language = act.params.language;
      draft.spoken = act.params.language;
      break;
    case "open":
      openFlow(draft, act.params.flow, act.params.answers);
      break;
    case "replace":
      conversation.stack.pop();
      openFlow(draft, act.params.flow, act.params.answers);
      break;
    case "back":
      send(draft, { type: "back", given });
      break;
    case "recordAgreement":
      // What was agreed to was read in the language that was spoken, also where none was chosen yet.
      draft.language ??= draft.spoken;
      agreedTo(conversation, act.params);
      draft.effects.push(act);
      // Without agreement nothing of what is written is kept for staff.
      if (draft.talking !== undefined && !conversation.agreed) leaveTalk(draft);
      break;
    case "stop":
      draft.silent = "stopped";
      break;
    case "quieten":
      conversation.quiet = true;
      break;
    case "request":
      draft.request = act.params;
  }
}

/** Keeps what later turns need to know of an agreement. */
function agreedTo(conversation: Conversation, { purpose, recipient, state }: Agreeing): void {
  const given = state === "given";
  if (purpose === "intake") {
    conversation.agreed = given;
    // Without agreement there is no intake: one that is open goes away with its answers.
    if (!given) conversation.stack = conversation.stack.filter(({ flow }) => !isIntake(flow));
  } else if (recipient === undefined) {
    const others = (conversation.alsoAgreed ?? []).filter((other) => other !== purpose);
    conversation.alsoAgreed = given ? [...others, purpose] : others;
  }
  if (purpose === "reminders" && given) delete conversation.quiet;
  if (purpose === "reminders" && !given) conversation.noReminders = true;
  if (given && (purpose === "reminders" || purpose === "intake")) delete conversation.noReminders;
  if (purpose === "naturalisation") conversation.naturalisationAsked = true;
}
