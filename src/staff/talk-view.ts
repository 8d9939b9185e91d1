import type { StaffMember } from "../store/staff-sessions.ts";
import { markRead, readTalk, type TalkState } from "../store/talk-state.ts";
import { actorOf } from "./actor.ts";
import { alert, type Html } from "./page/layout.ts";
import type { StaffSite } from "./site.ts";
import type { TalkTools } from "./talk-tools.ts";
import type { StaffTexts } from "./texts.ts";

/** What the page of a case needs to show its talk, and to write. */
export interface TalkView extends TalkState {
  tools: TalkTools;
}

/** Reads how the talk of a case stands for a member; whoever works on the case has seen by this what is new. */
export async function talkViewOf(site: StaffSite, member: StaffMember, code: string): Promise<TalkView | undefined> {
  const state = await readTalk(site.pool, site.keyring, code, actorOf(member));
  if (!state) return undefined;
  if (state.isUnread && state.isOwn) {
    await markRead(site.pool, state.caseId, site.now());
    site.changed([]);
  }
  return { ...state, tools: site.talk };
}

/** Says what became of a message or of a talk, by what the address says. */
export function talkNotice(texts: StaffTexts, outcome: string | undefined): Html | "" {
  if (outcome !== "sent" && outcome !== "ended") return "";
  return alert("success", texts(`write.${outcome}`), undefined, true);
}
