import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffAct } from "../../src/domain/channel.ts";
import { loadPlace } from "../../src/places.ts";
import { actOnCase } from "../../src/staff/room-act.ts";
import { writeNotice } from "../../src/staff/write-notice.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { ensureRooms, readRooms } from "../../src/store/rooms.ts";
import { loadTexts } from "../../src/texts.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, keyringOf } from "./stage.ts";

const place = loadPlace("kreis-paderborn");
const texts = loadTexts();
const woken: string[][] = [];

let database: TestDatabase;
let keyring: Keyring;

beforeAll(async () => {
  database = await createDatabase();
  keyring = await keyringOf(database.pool);
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "1", address: "-100", team: null, detail: "minimal" },
  ]);
});

afterAll(() => database.drop());

function press(code: string, id: string, name: string, user: string): Promise<{ notice?: string }> {
  const act: StaffAct = {
    channel: "telegram",
    account: "1",
    id,
    room: "-100",
    at: Date.now(),
    act: "claim",
    code,
    by: { id: user, name },
  };
  const changed = (lanes: string[]) => void woken.push(lanes);
  return actOnCase({ pool: database.pool, keyring, place, texts, owner: 1, changed }, act);
}

test("answers a press on a card with who has the case, and has the new card sent", async () => {
  const { id } = await addCase(database.pool, { code: "RR-222" });
  const news = { type: "sent", caseId: id, team: "nord", changed: false } as const;
  const lanes = await inTransaction(database.pool, (client) => writeNotice(client, { keyring, place, owner: 1 }, news));
  expect(lanes).toEqual((await readRooms(database.pool, keyring)).map((room) => room.id));
  expect(await press("RR-222", "1", "Anna\u202e  Beispiel\n", "11")).toEqual({
    notice: "RR-222: Sie haben den Fall übernommen.",
  });
  expect(woken).toEqual([lanes]);
  expect((await press("RR-222", "2", "Berta", "12")).notice).toMatch(
    /^RR-222: Anna Beispiel hat den Fall schon übernommen \(\d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr\)\.$/,
  );
  expect(woken).toHaveLength(1);
  expect(await press("RR-222", "1", "Anna Beispiel", "11")).toEqual({
    notice: "RR-222: Sie haben den Fall übernommen.",
  });
});

test("answers a press on a case that is gone", async () => {
  expect(await press("ZZ-222", "3", "Anna", "11")).toEqual({ notice: "ZZ-222: Diesen Fall gibt es nicht." });
});
