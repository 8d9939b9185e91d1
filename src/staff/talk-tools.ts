import type { EndTalk } from "../conversation/after-talk.ts";
import type { Prepared } from "../conversation/prepared.ts";

/** What the staff pages need to write to people. */
export interface TalkTools {
  prepared: Prepared;
  /** What the person is told when staff end a talk. */
  end: EndTalk;
  /** Codes of the languages that staff may write in. */
  languages: string[];
}
