import type { NoticeCase } from "../domain/case.ts";
import type { Place } from "../domain/place.ts";
import type { Card, OutgoingCard } from "../domain/prompt.ts";
import type { Proposal } from "../domain/triage.ts";
import type { Detail } from "../store/rooms.ts";
import { germanName } from "./german.ts";

type Names = Pick<Place, "municipalities" | "offices"> & Partial<Pick<Place, "teams">>;

/** The rooms that are told of a team's cases: its own and those of all teams. */
export function roomsFor<R extends { team: string | null }>(rooms: R[], team: string): R[] {
  return rooms.filter((room) => room.team === null || room.team === team);
}

/**
 * A case as it may be shown in a room. Needs and offices only with `triage`; reasons, legal areas, what the rules know
 * of somebody's residence, names and words never leave the staff page.
 *
 * @param changed the person sent new answers
 * @param room the team whose room it is; null for the room of all teams
 */
export function makeCard(
  place: Names,
  found: NoticeCase,
  detail: Detail,
  changed = false,
  room: string | null = null,
): OutgoingCard {
  const { code, language, priority, claimedBy, answered } = found;
  if (found.withdrawnAt) return withdrawnCard(found);
  const town = place.municipalities[found.municipality ?? ""];
  const isElsewhere = found.status === "open" && found.team !== undefined && room !== null && room !== found.team;
  const flag = found.callAskedAt ? "call" : changed ? "changed" : answered ? "answered" : undefined;
  const card: Card = {
    code,
    language,
    priority,
    submittedAt: found.submittedAt.getTime(),
    ...(town && { municipality: germanName(town.name) }),
    ...(found.interpreter && { interpreter: found.interpreter }),
    ...(claimedBy && { claimedBy }),
    ...(flag && { flag }),
    ...(found.status === "closed" && { closed: true }),
    ...(isElsewhere && { handedTo: germanName(place.teams?.[found.team ?? ""]?.name ?? found.team ?? "") }),
    ...(detail === "triage" && { needs: found.needs, offices: officeNames(place, found.proposals) }),
  };
  return { type: "card", card, language: "de" };
}

/** A case whose person took the agreement back: that somebody shall call stays, because it is an agreement of its own. */
function withdrawnCard({ code, submittedAt, callAskedAt, claimedBy, status }: NoticeCase): OutgoingCard {
  const card: Card = { code, language: "de", priority: "normal", submittedAt: submittedAt.getTime(), withdrawn: true };
  return {
    type: "card",
    card: {
      ...card,
      ...(callAskedAt && {
        flag: "call",
        ...(claimedBy && { claimedBy }),
        ...(status === "closed" && { closed: true }),
      }),
    },
    language: "de",
  };
}

/** What is left of a case whose person had everything erased, or whose period is over. */
export function erasedCard({ code, submittedAt }: NoticeCase, expired = false): OutgoingCard {
  const card: Card = {
    code,
    language: "de",
    priority: "normal",
    submittedAt: submittedAt.getTime(),
    erased: true,
    ...(expired && { expired: true }),
  };
  return { type: "card", card, language: "de" };
}

/** The proposed offices by name, each once, in the order of the proposals. */
export function officeNames(place: Pick<Place, "offices">, proposals: Proposal[]): string[] {
  const offices = proposals.flatMap(({ office }) => place.offices[office ?? ""] ?? []);
  return [...new Set(offices.map(({ name }) => germanName(name)))];
}
