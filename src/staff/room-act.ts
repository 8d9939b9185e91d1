import type { Pool } from "pg";
import type { Receipt, StaffAct } from "../domain/channel.ts";
import type { Place } from "../domain/place.ts";
import type { Texts } from "../domain/texts.ts";
import { claimCase } from "../store/claim.ts";
import type { Keyring } from "../store/keyring.ts";
import { claimNotice, staffName } from "./claim.ts";
import { makeCard } from "./notice.ts";
import { staffTexts } from "./texts.ts";

/** What acts in rooms need. `changed` is called after the commit, with the lanes that have new cards. */
export interface RoomActs {
  pool: Pool;
  keyring: Keyring;
  place: Pick<Place, "municipalities" | "offices" | "teams">;
  texts: Pick<Texts, "text">;
  /** Number of the process that sends new cards. */
  owner: number;
  changed: (lanes: string[]) => void;
}

/** Does what a member of a room asked for by a card's button, once, and answers with what to show them. */
export async function actOnCase(given: RoomActs, act: StaffAct): Promise<Receipt> {
  const { pool, keyring, place, texts, owner, changed } = given;
  const { channel, account, id, code, by } = act;
  const claim = {
    code,
    by: { id: `${channel}:${by.id}`, name: staffName(by.name) },
    at: new Date(act.at),
    seenId: `act:${channel}:${account}:${id}`,
    owner,
  };
  const result = await claimCase(pool, keyring, claim, (found, detail, team) =>
    makeCard(place, found, detail, false, team),
  );
  if (result.type === "claimed") changed(result.lanes);
  return { notice: claimNotice(staffTexts(texts), code, result) };
}
