import { makeEndTalk } from "../../src/conversation/after-talk.ts";
import type { CaseAct } from "../../src/domain/case-act.ts";
import { loadPlace } from "../../src/places.ts";
import { makeCard } from "../../src/staff/notice.ts";
import { tellOffice } from "../../src/staff/tell-office.ts";
import { type ActMakers, type ActOrder, actOnCase } from "../../src/store/case-acts.ts";
import { readCase } from "../../src/store/cases.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { loadTexts } from "../../src/texts.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addColleague, keyringOf, place } from "../staff/stage.ts";

/** A database with what acts on its cases need. */
export interface ActStage {
  database: TestDatabase;
  keyring: Keyring;
  /** Anna's act on version 1 of a case, if nothing else is given. */
  act(code: string, asked: CaseAct, given?: Partial<ActOrder>, by?: ActMakers): ReturnType<typeof actOnCase>;
  caseOf(code: string): Promise<NonNullable<Awaited<ReturnType<typeof readCase>>>>;
}

/** Cards and messages as the staff pages make them. */
export const makers: ActMakers = {
  makeCard: (found, detail, team) => makeCard(place, found, detail, false, team),
  tellOffice: (office, code, language) => tellOffice(place, office, code, language),
  endTalk: makeEndTalk(loadPlace("kreis-paderborn"), loadTexts()),
};

export async function setActStage(): Promise<ActStage> {
  const database = await createDatabase();
  const keyring = await keyringOf(database.pool);
  const prisma = await lazyPrisma(database.pool)();
  const anna = { id: `staff:${await addColleague(database.pool, "Anna")}`, name: "Anna" };
  return {
    database,
    keyring,
    act(code, asked, given = {}, by = makers) {
      const order = { code, version: 1, act: asked, by: anna, at: new Date(), owner: 1, ...given };
      return actOnCase(database.pool, keyring, order, by);
    },
    async caseOf(code) {
      const found = await readCase(prisma, keyring, code);
      if (!found) throw new Error(`no case ${code}`);
      return found;
    },
  };
}
