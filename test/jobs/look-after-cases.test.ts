import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { lookAfterCases } from "../../src/jobs/look-after-cases.ts";
import { makeCard } from "../../src/staff/notice.ts";
import { readCase } from "../../src/store/cases.ts";
import { claimCase } from "../../src/store/claim.ts";
import { lazyPrisma } from "../../src/store/prisma.ts";
import { ensureRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { paderborn as place, recklinghausen } from "../domain/people.ts";
import { keyringOf } from "../staff/stage.ts";
import { addCaseOf, addStaff, historyOf, lookout, readCaseRow } from "./stage.ts";

let database: TestDatabase;
let given: Awaited<ReturnType<typeof lookout>>;
let codes = 0;

beforeAll(async () => {
  database = await createDatabase();
  await ensureRooms(database.pool, await keyringOf(database.pool), [
    { channel: "telegram", account: "1", address: "-100", team: "nord", detail: "minimal" },
    { channel: "telegram", account: "1", address: "-200", team: "sued", detail: "minimal" },
  ]);
});
beforeEach(async () => {
  given = await lookout(database.pool, place);
});
afterEach(async () => {
  await database.pool.query(`DELETE FROM case_file`);
  await database.pool.query(`DELETE FROM staff`);
  await database.pool.query(`DELETE FROM outbox`);
});
afterAll(() => database.drop());

const newCode = () => `K7-${String(222 + codes++).replaceAll(/[01]/g, "9")}`;
/** An urgent case of Friday, 10:00, in Delbrück. */
const urgent = async (columns: { [name: string]: unknown } = {}) => {
  const code = newCode();
  const submitted_at = new Date("2026-11-20T09:00Z");
  const { id } = await addCaseOf(database.pool, { code, priority: "urgent" }, { submitted_at, ...columns });
  return { id, code };
};
const heldBy = (staff: string, name: string, since = "2026-11-20T09:00Z") => ({
  status: "claimed",
  claimed_by: name,
  claimed_by_id: `staff:${staff}`,
  claimed_at: new Date(since),
  escalate_from: new Date(since),
});
const setStaff = (id: string, columns: string) =>
  database.pool.query(`UPDATE staff SET ${columns} WHERE id = $1`, [id]);

test("tells the team, then coordination, each once, however often and by how many it is looked at", async () => {
  const { id, code } = await urgent();
  const other = await lookout(database.pool, place);
  for (const time of ["09:00", "09:29", "09:30", "09:31", "10:29", "10:30", "10:31", "13:00"]) {
    const now = `2026-11-20T${time}Z`;
    await Promise.all([given.look(now), other.look(now), given.look(now)]);
  }
  expect([...given.news(), ...other.news()].sort()).toEqual([
    `${code} unclaimed nord`,
    `${code} unclaimed_elsewhere koordination`,
  ]);
  expect(await historyOf(database.pool, id)).toEqual(["escalated_team nord", "escalated_team koordination"]);
  expect(await readCaseRow(database.pool, id)).toMatchObject({ escalated: 3, told_teams: ["koordination"] });
  // Its own room, and no other team's.
  const { rows } = await database.pool.query(`SELECT key, expires_at IS NOT NULL AS expires FROM outbox`);
  expect(rows).toEqual([{ key: `notice:${code}`, expires: true }]);
});

test("loses and repeats nothing when it is stopped in the middle of a step", async () => {
  const { id, code } = await urgent();
  const now = Date.parse("2026-11-20T10:00Z");
  const failing = lookAfterCases(
    database.pool,
    {
      ...given.given,
      async tell(client, news) {
        await given.given.tell(client, news);
        throw new Error("killed");
      },
    },
    now,
  );
  await expect(failing).rejects.toThrow("killed");
  expect(await historyOf(database.pool, id)).toEqual([]);
  expect((await database.pool.query(`SELECT FROM staff_notice`)).rowCount).toBe(0);
  given.told.length = 0;
  await given.look("2026-11-20T10:00Z");
  await given.look("2026-11-20T10:00Z");
  expect(given.news()).toEqual([`${code} unclaimed nord`]);
});

test("makes up for a step after a stop at the next opening, and one case's fault keeps no other waiting", async () => {
  const broken = await urgent();
  const { code } = await urgent();
  const now = "2026-11-21T09:00Z";
  await given.look(now);
  expect(given.news()).toEqual([]);
  const failing = {
    ...given.given,
    tell: ((client, news) =>
      news.about?.code === broken.code
        ? Promise.reject(new Error("no"))
        : given.given.tell(client, news)) as typeof given.given.tell,
  };
  await expect(lookAfterCases(database.pool, failing, Date.parse("2026-11-23T07:30Z"))).rejects.toThrow("no");
  expect(given.news()).toEqual([`${code} unclaimed nord`]);
});

test("a claim ends at once what was told of the case, and the time to the next step begins anew", async () => {
  const { id, code } = await urgent();
  await given.look("2026-11-20T09:30Z");
  const open = `SELECT FROM staff_notice WHERE over_at IS NULL`;
  expect((await database.pool.query(open)).rowCount).toBe(1);
  const claim = { code, by: { id: "telegram:1", name: "Ada" }, at: new Date("2026-11-20T09:40Z"), owner: 1 };
  await claimCase(database.pool, await keyringOf(database.pool), claim, (found, detail) =>
    makeCard(place, found, detail),
  );
  expect((await database.pool.query(open)).rowCount).toBe(0);
  expect(await readCaseRow(database.pool, id)).toMatchObject({ escalated: 0, escalate_at: null });
  await database.pool.query(`UPDATE case_file SET escalate_from = claimed_at`);
  given.news();
  await given.look("2026-11-20T10:30Z");
  expect(given.news()).toEqual([]);
});

test("claimed and silent, it reminds who has it, then the cover, then the team; staff's word begins it anew", async () => {
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "sued")];
  await setStaff(ada, `cover_id = '${bela}'`);
  const { id, code } = await urgent(heldBy(ada, "Ada", "2026-11-23T08:00Z"));
  for (const time of ["12:00", "12:01", "15:00"]) await given.look(`2026-11-23T${time}Z`);
  expect(given.news()).toEqual([`${code} silent ${ada}`]);
  // 180 minutes of Monday, 60 of Tuesday.
  await given.look("2026-11-24T08:29Z");
  await given.look("2026-11-24T08:30Z");
  expect(given.news()).toEqual([`${code} silent ${bela}`]);
  const said = new Date("2026-11-24T09:00Z");
  await database.pool.query(`UPDATE case_file SET last_staff_at = $2 WHERE id = $1`, [id, said]);
  await database.pool.query(`UPDATE case_file SET escalate_from = $2 WHERE id = $1`, [id, said]);
  await given.look("2026-11-24T12:59Z");
  expect(given.news()).toEqual([]);
  await given.look("2026-11-24T13:00Z");
  expect(given.news()).toEqual([`${code} silent ${ada}`]);
});

test("of somebody who waits for an answer, only the first word counts", async () => {
  const ada = await addStaff(database.pool, "Ada", "nord");
  const { id, code } = await urgent(heldBy(ada, "Ada", "2026-11-20T08:00Z"));
  for (const time of ["08:30", "09:00", "09:20"]) {
    const at = new Date(`2026-11-20T${time}Z`);
    await database.pool.query(`UPDATE case_file SET last_person_at = $2 WHERE id = $1`, [id, at]);
    if (time === "08:30") await database.pool.query(`UPDATE case_file SET escalate_from = $2 WHERE id = $1`, [id, at]);
  }
  await given.look("2026-11-20T09:30Z");
  expect(given.news()).toEqual([`${code} unanswered ${ada}`]);
});

test("a case that becomes urgent is looked at anew", async () => {
  const { id, code } = await urgent();
  await database.pool.query(`UPDATE case_file SET priority = 'normal' WHERE id = $1`, [id]);
  await given.look("2026-11-20T09:31Z");
  await database.pool.query(`UPDATE case_file SET priority = 'urgent', call_asked_at = now() WHERE id = $1`, [id]);
  await given.look("2026-11-20T09:32Z");
  expect(given.news()).toEqual([`${code} unclaimed nord`]);
});

test.each(["closed", "erased"])("nobody is told of a case that is %s", async (status) => {
  await urgent({ status });
  await given.look("2026-11-25T10:00Z");
  expect(given.news()).toEqual([]);
});

test("an absent colleague's cases go to the cover at once, and come back", async () => {
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "nord")];
  await setStaff(ada, `cover_id = '${bela}', absent_from = '2026-11-20', absent_until = '2026-11-22'`);
  const { id, code } = await urgent(heldBy(ada, "Ada"));
  const other = await lookout(database.pool, place);
  await Promise.all([given.look("2026-11-20T09:01Z"), other.look("2026-11-20T09:01Z")]);
  expect([...given.news(), ...other.news()]).toEqual([`${code} covering ${bela}`]);
  expect(await readCaseRow(database.pool, id)).toMatchObject({
    status: "claimed",
    claimed_by: "Bela",
    claimed_by_id: `staff:${bela}`,
    contact_person_id: ada,
    covered_for: ada,
  });
  const prisma = await lazyPrisma(database.pool)();
  expect(await readCase(prisma, await keyringOf(database.pool), code)).toMatchObject({ coveredFor: "Ada" });
  await given.look("2026-11-22T23:30Z");
  expect(given.news()).toEqual([`${code} returned ${ada}`]);
  expect(await readCaseRow(database.pool, id)).toMatchObject({ claimed_by: "Ada", covered_for: null });
  expect(await historyOf(database.pool, id)).toEqual(["covering Bela", "returned Ada"]);
  await given.look("2026-11-22T23:31Z");
  expect(given.news()).toEqual([]);
});

test("whom a colleague took over from meanwhile gets nothing back, and stays the person's contact", async () => {
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "nord")];
  await setStaff(ada, `absent_from = '2026-11-20', absent_until = '2026-11-22'`);
  const { id, code } = await urgent(heldBy(ada, "Ada"));
  await given.look("2026-11-20T09:01Z");
  expect(given.news()).toEqual([`${code} uncovered nord`]);
  expect(await readCaseRow(database.pool, id)).toMatchObject({ status: "open", claimed_by: null, covered_for: ada });
  const claim = { code, by: { id: `staff:${bela}`, name: "Bela" }, at: new Date("2026-11-20T09:05Z"), owner: 1 };
  await claimCase(database.pool, await keyringOf(database.pool), claim, (found, detail) =>
    makeCard(place, found, detail),
  );
  await given.look("2026-11-23T08:00Z");
  expect(await readCaseRow(database.pool, id)).toMatchObject({
    claimed_by: "Bela",
    contact_person_id: ada,
    covered_for: null,
  });
});

test("when the last one of a team leaves, its cases go on to the region, then to coordination", async () => {
  given = await lookout(database.pool, recklinghausen);
  const ada = await addStaff(database.pool, "Ada", "gladbeck");
  const bela = await addStaff(database.pool, "Bela", "kim");
  await addStaff(database.pool, "Cem", "koordination");
  const where = { team: "gladbeck", municipality: "gladbeck" };
  const open = await urgent(where);
  const held = await urgent({ ...where, ...heldBy(ada, "Ada"), contact_person_id: ada });
  await given.look("2026-11-20T09:01Z");
  expect(given.news()).toEqual([]);
  await setStaff(ada, `ended_at = now()`);
  await given.look("2026-11-20T09:02Z");
  expect(given.news().sort()).toEqual(
    [`${held.code} uncovered gladbeck`, `${open.code} sent_on kim`, `${held.code} sent_on kim`].sort(),
  );
  // Who left for good is nobody's contact any more, and gets nothing back.
  expect(await readCaseRow(database.pool, held.id)).toMatchObject({
    status: "open",
    team: "kim",
    covered_for: null,
    contact_person_id: null,
  });
  expect(await historyOf(database.pool, open.id)).toEqual(["sent_on gladbeck kim"]);
  await setStaff(bela, `absent_from = '2026-11-01'`);
  await given.look("2026-11-20T09:03Z");
  expect(await readCaseRow(database.pool, open.id)).toMatchObject({ team: "koordination" });
  expect(given.carded).toContain("koordination");
});

test("where nobody is known to work anywhere, cases stay where they are", async () => {
  await addStaff(database.pool, "Eva", "nord", ["coordinator", "abh"]);
  const { id } = await urgent();
  await given.look("2026-11-20T09:01Z");
  expect(await readCaseRow(database.pool, id)).toMatchObject({ team: "nord" });
});

test("a new case that went to another team than its town's says so", async () => {
  const { id } = await urgent();
  await database.pool.query(`UPDATE case_file SET team = 'koordination' WHERE id = $1`, [id]);
  await database.pool.query(`UPDATE case_file SET escalate_from = NULL WHERE id = $1`, [id]);
  for (const time of ["09:01", "09:02", "09:40"]) await given.look(`2026-11-20T${time}Z`);
  expect((await historyOf(database.pool, id))[0]).toBe("sent_on nord koordination");
  expect((await historyOf(database.pool, id)).filter((line) => line.startsWith("sent_on"))).toHaveLength(1);
});
