import type { CaseDetails } from "../../domain/case.ts";
import type { StaffMember } from "../../store/staff-sessions.ts";
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
}
