import { afterAll, expect, test } from "vitest";
import { listReadings, readingsOfContact, recordReading } from "../../src/store/readings.ts";
import { createDatabase } from "../database.ts";
import { addCase, addColleague } from "../staff/stage.ts";

const database = await createDatabase();
const { pool } = database;
afterAll(() => database.drop());

const at = (time: string) => new Date(`2026-12-01T${time}:00Z`);

test("takes a page that stays open for one reading, and a later look for another", async () => {
  const { id: caseId, contactId } = await addCase(pool, { code: "K7-42M" });
  const by = { id: await addColleague(pool, "Anna"), name: "Anna" };
  for (const time of ["09:00", "09:05", "09:14", "11:00"])
    await recordReading(pool, { caseId, by, parts: ["answers", "talk"], at: at(time) });
  await recordReading(pool, { caseId, by, parts: ["print"], at: at("11:01") });

  const { count, readings } = await listReadings(pool, { page: 0 });
  expect(count).toBe(5);
  expect(
    readings.map(({ part, at, lastAt }) => [part, at.toISOString().slice(11, 16), lastAt.toISOString().slice(11, 16)]),
  ).toEqual(
    expect.arrayContaining([
      ["print", "11:01", "11:01"],
      ["answers", "11:00", "11:00"],
      ["talk", "11:00", "11:00"],
      ["answers", "09:00", "09:14"],
      ["talk", "09:00", "09:14"],
    ]),
  );
  expect(JSON.stringify(readings)).not.toMatch(new RegExp(`K7-42M|${caseId}`));
  expect((await listReadings(pool, { page: 0, code: "CC-222" })).count).toBe(0);
  expect((await listReadings(pool, { page: 0, code: "K7-42M" })).count).toBe(5);
  expect(await readingsOfContact(pool, contactId)).toHaveLength(5);
});

test("tells a person the name only of a colleague who shows it, and else the team", async () => {
  const { id: caseId, contactId } = await addCase(pool, { code: "PH-9RT" });
  const shown = { id: await addColleague(pool, "Berta", { showName: true }), name: "Berta" };
  const hidden = { id: await addColleague(pool, "Cem"), name: "Cem" };
  await recordReading(pool, { caseId, by: shown, parts: ["answers"], at: at("09:00") });
  await recordReading(pool, { caseId, by: hidden, parts: ["talk"], at: at("10:00") });
  expect(await readingsOfContact(pool, contactId)).toEqual([
    { at: at("10:00"), name: null, team: "nord", part: "talk", code: "PH-9RT" },
    { at: at("09:00"), name: "Berta", team: "nord", part: "answers", code: "PH-9RT" },
  ]);
});
