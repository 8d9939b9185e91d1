import { withoutControls } from "../domain/bidi.ts";
import type { Content } from "../domain/channel.ts";
import { isOpen, nextOpening } from "../domain/hours.ts";
import { teamValue } from "../domain/prompt.ts";
import type { CommandName } from "../domain/texts.ts";
import { type Draft, notesOf, say, topOf } from "./draft.ts";
import { questionOf, readPosition } from "./position.ts";
import type { Reply } from "./read-reply.ts";

/** Who wrote nothing for so long (ms) is told again that their words arrive. */
const pause = 30 * 60_000;

/** Words that are commands also without a slash while staff write; others, such as "help", may be meant for them. */
const plainCommands: CommandName[] = ["stop", "delete", "menu", "data", "end"];

/** Whether what the person said is for the staff who write with them, and not for a flow. */
export function isForStaff(draft: Draft, reply: Reply, content: Content): boolean {
  if (draft.talking === undefined) return false;
  if (content.type === "unreadable" || content.type === "edited") return true;
  if (content.type !== "words" || reply.type === "urgent") return false;
  if (reply.type === "command") return !content.text.trimStart().startsWith("/") && !plainCommands.includes(reply.name);
  if (notesOf(draft).aside === undefined) return true;
  if (reply.type !== "unclear") return false;
  // What is written into a question that was asked for is for nobody else, also when it is no answer.
  const question = questionOf(readPosition(topOf(draft)));
  return !question?.private && question?.open === undefined;
}

/** Keeps what the person said for staff, without a question in return. `quietly`: without a receipt. */
export function handOn(draft: Draft, content: Content, quietly: boolean): void {
  const text = content.type === "words" ? withoutControls(content.text).trim() : "";
  if (text !== "") {
    draft.log.push({ type: "wrote", text });
    if (!quietly) acknowledge(draft);
  } else if (content.type === "edited") tell(draft, "talk.edited");
  else {
    if (content.type === "unreadable") draft.log.push({ type: "unseen", kind: content.kind });
    tell(draft, "talk.unseen");
  }
}

/** The person asks for a flow: it answers, and the talk stays open. Urgent help says nothing before its numbers. */
export function turnAside(draft: Draft, reply: Reply): void {
  const { talking, conversation } = draft;
  if (talking === undefined || reply.type === "repeated") return;
  if (reply.type === "command" && ["end", "stop", "start"].includes(reply.name)) return;
  const notes = notesOf(draft);
  if (notes.aside !== undefined) return;
  conversation.talk = { ...notes, aside: conversation.stack.length };
  if (reply.type !== "urgent") tell(draft, "talk.aside");
}

/** Whether the flow that the person asked for is over: then the talk goes on, instead of the question below. */
export function comesBackToTalk({ talking, conversation, input }: Draft): boolean {
  const depth = conversation.talk?.aside;
  if (talking === undefined || depth === undefined) return false;
  return input.session.conversation.stack.length > depth && conversation.stack.length <= depth;
}

/** Says that what the person writes goes to staff. */
export function showTalk(draft: Draft): void {
  const { aside: _, ...notes } = notesOf(draft);
  draft.conversation.talk = notes;
  tell(draft, "talk.open");
}

/** A receipt, once per pause, and when the team has gone home since the last one. */
function acknowledge(draft: Draft): void {
  const { place, message } = draft.input;
  const { at } = message;
  const { told, toldClosed, ...notes } = notesOf(draft);
  const isThere = isOpen(place, notes.team, at);
  draft.conversation.talk = { ...notes, told: at, ...(!isThere && { toldClosed: true }) };
  const isKnown = told !== undefined && at - told < pause && (isThere || toldClosed === true);
  if (isKnown) return;
  const next = isThere ? undefined : nextOpening(place, notes.team, at);
  if (!next) tell(draft, "talk.received");
  else tell(draft, "talk.received.closed", { day: { type: "date", day: next.day }, from: next.from });
}

function tell(draft: Draft, key: string, values = {}): void {
  say(draft, { key, values: { team: teamValue(notesOf(draft).team), ...values }, private: true }, { inTalk: true });
}
