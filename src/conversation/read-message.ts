import type { Content } from "../domain/channel.ts";
import { contextOf, type Draft, givenOf } from "./draft.ts";
import { choicesOf, questionOf, readPosition } from "./position.ts";
import { type Asked, type Reply, readPress, readWords } from "./read-reply.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** Reads whatever was received against the question that the conversation waits with. */
export function readMessage(draft: Draft, content: Content): Reply {
  switch (content.type) {
    case "words":
      return readWords(content.text, askedIn(draft), vocabularyOf(draft.input.texts), givenOf(draft));
    case "press":
      return readPress(content.data, askedIn(draft));
    case "unreadable":
      return { type: "unclear", why: `unreadable.${content.kind}` };
    case "edited":
      return { type: "unclear", why: "edited" };
    default:
      return { type: "command", name: "start" };
  }
}

function askedIn(draft: Draft): Asked | undefined {
  const { stack, token, pressed } = draft.conversation;
  const top = stack.at(-1);
  if (!top) return undefined;
  const position = readPosition(top);
  const question = questionOf(position);
  if (!question) return undefined;
  const { answers, page = 0 } = contextOf(position);
  return {
    question,
    choices: choicesOf(question, position, givenOf(draft)),
    token,
    pressed,
    chosen: question.several === undefined ? 0 : (answers[question.several]?.length ?? 0),
    page,
  };
}
