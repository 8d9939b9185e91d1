import type { CaseDetails } from "../../domain/case.ts";
import type { ActType } from "../../domain/case-act.ts";
import type { Colleague } from "../../domain/cover.ts";
import type { Actor } from "../../domain/staff.ts";
import type { StaffMember } from "../../store/staff-sessions.ts";
import type { Draft } from "../act-form.ts";
import type { StaffPlace } from "../place.ts";
import type { TalkView } from "../talk-view.ts";
import type { StaffTexts } from "../texts.ts";
import type { ChatWords } from "../words.ts";

/** What a case's page is made of. */
export interface CaseView {
  texts: StaffTexts;
  words: ChatWords;
  place: StaffPlace;
  member: StaffMember;
  csrf: string;
  found: CaseDetails;
  /** How it stands between staff and the person. */
  talk: TalkView | undefined;
  actor: Actor;
  /** What the reader may do with the case as it is. */
  acts: ActType[];
  /** Who can be given the case. */
  colleagues: Colleague[];
  /** The calendar day in Berlin. */
  today: string;
  /** A form that was not carried out: it comes back as it was filled in. */
  draft?: Draft;
}
