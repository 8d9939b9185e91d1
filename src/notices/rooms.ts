import { digestCounts, type News, type NewsFacts } from "../domain/news.ts";
import type { Notice, OutgoingNotice, Values } from "../domain/prompt.ts";
import type { Keyring } from "../store/keyring.ts";
import { writeRoomNotice } from "../store/outbox.ts";
import { readRoomsOfTeam } from "../store/rooms.ts";
import type { Sink } from "./sink.ts";

/** After this long it is old news. */
const lifeMs = 12 * 60 * 60_000;

/** Tells a team's news in its rooms; what is for one person stays out of them. */
export function rooms({ keyring, owner }: { keyring: Keyring; owner(): number }): Sink {
  return async (client, news) => {
    if (!("team" in news.to)) return [];
    const found = await readRoomsOfTeam(client, keyring, news.to.team);
    for (const room of found) await writeRoomNotice(client, room, owner(), toNotice(news), news.at + lifeMs);
    return found.map((room) => room.id);
  };
}

/** News as a room may show them. */
export function toNotice({ kind, about, facts = {} }: News): OutgoingNotice {
  const notice: Notice = {
    key: kind,
    values: valuesOf(facts),
    ...(about && {
      about: {
        code: about.code,
        ...(about.municipality !== null && { municipality: about.municipality }),
        priority: about.priority,
        submittedAt: about.submittedAt,
        ...(isUnclaimed(kind) && { claimable: true }),
      },
    }),
    ...(kind === "digest" && { counts: digestCounts(facts) }),
  };
  return { type: "notice", notice, language: "de" };
}

function isUnclaimed(kind: News["kind"]): boolean {
  return !["unanswered", "silent", "digest", "covering", "returned"].includes(kind);
}

/** Teams by their names in the place's file. */
function valuesOf(facts: NewsFacts): Values {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      name === "team" ? { type: "place" as const, path: `teams.${fact}.name` } : fact,
    ]),
  );
}
