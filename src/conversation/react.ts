import type { Question } from "../../flows/question.ts";
import type { Content } from "../domain/channel.ts";
import type { Position } from "../domain/session.ts";
import { hasOpenIntake } from "../domain/session.ts";
import type { CommandName } from "../domain/texts.ts";
import { answerEntries, answerLabel, isOnTheWay } from "./answer-entry.ts";
import { type Asking, ask, type Draft, givenOf, leaveTalk, openFlow, say, send, topOf } from "./draft.ts";
import { questionOf } from "./position.ts";
import type { Reply } from "./read-reply.ts";
import { comesBackToTalk, showTalk } from "./talking.ts";

/** The language of urgent words, where it is not the one that the platform told. */
function writtenIn(reply: Reply, told: string): string | undefined {
  if (reply.type !== "urgent" || !reply.languages || reply.languages.includes(told)) return undefined;
  return reply.languages[0];
}

/** A contact that we have never seen: home, with the language first; urgent help comes even before that. */
export function begin(draft: Draft, reply: Reply): void {
  const hint = reply.type === "language" ? reply.code : writtenIn(reply, draft.spoken);
  if (hint !== undefined && givenOf(draft).languages.includes(hint)) draft.spoken = hint;
  openFlow(draft, "home");
  if (reply.type === "language") send(draft, { type: "answer", value: reply.code, given: givenOf(draft) });
  if (reply.type === "urgent") openFlow(draft, "urgent");
  askTop(draft);
}

/**
 * The open intake once more, a day after the last message; not to whoever wants to hear nothing. The next time its
 * period is over, and its answers are erased without a word.
 */
export function offerAgain(draft: Draft): void {
  const { conversation } = draft;
  // While staff write with the person, nothing is asked in between: it is offered a day later.
  if (!hasOpenIntake(conversation) || (draft.talking !== undefined && !conversation.reminded)) return;
  if (conversation.reminded) {
    conversation.stack = conversation.stack.slice(0, 1);
    return;
  }
  conversation.reminded = true;
  if (draft.silent !== undefined || conversation.quiet || conversation.noReminders) return;
  openFlow(draft, "resume");
  askTop(draft);
}

/** What somebody who said stop can still ask for at once: what they were told then, and the same again. */
const heardWhenSilent = new Set<CommandName>(["stop", "data", "delete"]);

/** Somebody who said stop, or blocked us, writes again: what was open is offered, what was written is no answer. */
export function comeBack(draft: Draft, reply: Reply): void {
  if (reply.type === "command" && heardWhenSilent.has(reply.name)) {
    obey(draft, reply.name);
    return;
  }
  const isOpen = hasOpenIntake(draft.conversation);
  openFlow(draft, isOpen ? "resume" : "comeBack");
  askTop(draft, isOpen ? { again: { type: "text", key: "welcomeBack" } } : {});
}

/** Does what a reply means, and asks what is to be asked then. */
export function react(draft: Draft, reply: Reply, content: Content): void {
  switch (reply.type) {
    case "urgent":
      openFlow(draft, "urgent");
      askTop(draft);
      break;
    case "command":
      obey(draft, reply.name);
      break;
    case "language":
      draft.language = reply.code;
      draft.spoken = reply.code;
      askTop(draft);
      break;
    case "repeated":
      break;
    case "stale":
      askTop(draft, { again: { type: "text", key: "stale" } });
      break;
    case "unclear":
      askTop(draft, { again: { type: "text", key: reply.why } });
      break;
    case "answer":
      answer(draft, reply, content);
  }
}

/** Asks the question on top, unless the turn waits for a request, ended with stop, or leads back to a talk with staff. */
export function askTop(draft: Draft, asking: Asking = {}): void {
  if (draft.request || draft.silent !== undefined) return;
  if (comesBackToTalk(draft)) showTalk(draft);
  else ask(draft, asking);
}

function answer(draft: Draft, { value, typed }: Extract<Reply, { type: "answer" }>, content: Content): void {
  const before = topOf(draft);
  if (draft.conversation.agreed) draft.log.push(...answerEntries(draft, before, value));
  send(draft, { type: "answer", value, given: givenOf(draft) });
  const after = draft.conversation.stack.at(-1);
  const stayed = after?.flow === before.flow && after.value === before.value && draft.outgoing.length === 0;
  if (!stayed && !typed) forgetPrivatePress(draft, questionOf(before));
  // Turning a page and switching a choice on change the message that was pressed.
  if (stayed && content.type === "press" && content.ref !== undefined) askTop(draft, { updates: content.ref });
  else askTop(draft, typed && !stayed && draft.outgoing.length === 0 ? noted(draft, before, value) : {});
}

/** Of a private question it is enough to know that it was answered: a second tap is told by its number alone. */
function forgetPrivatePress({ conversation }: Draft, question: Question | undefined): void {
  const { pressed } = conversation;
  if (question?.private && pressed !== undefined) conversation.pressed = pressed.slice(0, pressed.indexOf(":") + 1);
}

/** What was understood, where words could have meant something else. */
function noted(draft: Draft, position: Position, value: string | string[]): Asking {
  if (typeof value !== "string" || isOnTheWay(value) || !questionOf(position)?.open) return {};
  return { noted: { type: "text", key: "noted", values: { answer: answerLabel(draft, position, value) } } };
}

function obey(draft: Draft, name: CommandName): void {
  switch (name) {
    case "start":
      if (draft.talking !== undefined) {
        showTalk(draft);
        return;
      }
      // Before a language was chosen, the question for it says all there is to say.
      if (draft.language === undefined) break;
      say(draft, { key: "home.welcome" });
      if (draft.input.place.trial) say(draft, { key: "trial" });
      break;
    case "menu":
    case "language":
    case "data":
      openFlow(draft, name);
      break;
    case "delete":
      openFlow(draft, "data", { delete: "yes" });
      break;
    case "help":
      say(draft, { key: "help" });
      openFlow(draft, "menu");
      break;
    case "back":
      send(draft, { type: "back", given: givenOf(draft) });
      break;
    case "stop":
      say(draft, { key: "stopped" });
      draft.silent = "stopped";
      break;
    case "end":
      if (draft.talking === undefined) {
        askTop(draft, { again: { type: "text", key: "talk.none" } });
        return;
      }
      leaveTalk(draft);
      break;
  }
  askTop(draft);
}
