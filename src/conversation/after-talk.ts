import type { ChannelName } from "../domain/channel.ts";
import type { Place } from "../domain/place.ts";
import type { PersonMessage } from "../domain/prompt.ts";
import type { Conversation, Session } from "../domain/session.ts";
import type { Texts } from "../domain/texts.ts";
import type { LogEntry } from "../domain/transcript.ts";
import { draftOf, leaveTalk } from "./draft.ts";
import { askTop } from "./react.ts";

/** What the end of a talk comes to for the person. */
export interface TalkEnd {
  conversation: Conversation;
  outgoing: PersonMessage[];
  log: LogEntry[];
}

/** Says that staff, or a long silence, ended a talk, and asks the question that waited once more. */
export type EndTalk = (session: Session, channel: ChannelName, at: number) => TalkEnd;

/** Makes what ends talks from outside of a turn. */
export function makeEndTalk(place: Place, texts: Texts): EndTalk {
  return (session, channel, at) => {
    // A reminder is what comes from nobody, too.
    const draft = draftOf({ session, message: { channel, at, content: { type: "reminder" } }, place, texts });
    leaveTalk(draft);
    askTop(draft);
    const { conversation, outgoing, log } = draft;
    return { conversation, outgoing, log };
  };
}
