import { afterAll, beforeEach, expect, test } from "vitest";
import { readScope, setAbsence } from "../../src/store/absence.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { changeStaff, endStaff, findStaff, listStaff } from "../../src/store/staff.ts";
import {
  findStaffSession,
  makeFirstLink,
  makeStaffLink,
  useFirstLink,
  useStaffLink,
} from "../../src/store/staff-sessions.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addColleague, keyringOf } from "../staff/stage.ts";

const database: TestDatabase = await createDatabase();
const { pool } = database;
const keyring: Keyring = await keyringOf(pool);
const details = {
  ...{ name: "Anna", showName: false, email: "anna@example.org", employer: "Kreis", languages: ["de"], share: 50 },
  ...{ team: "nord", roles: ["administrator" as const, "case_manager" as const] },
};

beforeEach(async () => {
  await pool.query("DELETE FROM staff");
  await pool.query("DELETE FROM staff_link");
});
afterAll(() => database.drop());

const tokenOf = (path: string | undefined) => path?.split("token=")[1] ?? "";

test("keeps an address so that nothing readable is in the database", async () => {
  const id = await addColleague(pool, "Anna", details);
  expect(await findStaff(pool, keyring, id)).toMatchObject({ ...details, id, endedAt: null });
  const { rows } = await pool.query("SELECT encode(email, 'escape') AS email, t::text AS row FROM staff t");
  expect(JSON.stringify(rows)).not.toContain("anna@");
});

test("makes one first administrator, of ten who use one link or another at the same moment", async () => {
  const links = [await makeFirstLink(pool, 60), await makeFirstLink(pool, 60)];
  const tries = Array.from({ length: 10 }, (_, n) => useFirstLink(pool, keyring, tokenOf(links[n % 2]), details));
  const sessions = (await Promise.all(tries)).filter((session) => session !== undefined);
  expect(sessions).toHaveLength(1);
  expect(await listStaff(pool, keyring)).toHaveLength(1);
  expect((await findStaffSession(pool, sessions[0] ?? "", true))?.member).toMatchObject({ name: "Anna", team: "nord" });
  expect(await makeFirstLink(pool, 60)).toBeUndefined();
});

test("takes a first link neither for a sign-in, nor after its time", async () => {
  expect(await useStaffLink(pool, tokenOf(await makeFirstLink(pool, 60)))).toBeUndefined();
  expect(await useFirstLink(pool, keyring, tokenOf(await makeFirstLink(pool, 0)), details)).toBeUndefined();
  const colleague = await addColleague(pool, "Berta");
  expect(await useFirstLink(pool, keyring, tokenOf(await makeStaffLink(pool, colleague, 60)), details)).toBeUndefined();
});

test("ends links and sessions with the person, and makes no more", async () => {
  const id = await addColleague(pool, "Berta");
  const link = tokenOf(await makeStaffLink(pool, id, 60));
  const session = (await useStaffLink(pool, tokenOf(await makeStaffLink(pool, id, 60)))) ?? "";
  expect(await endStaff(pool, id)).toEqual({ type: "done" });
  expect(await findStaffSession(pool, session, true)).toBeUndefined();
  expect(await useStaffLink(pool, link)).toBeUndefined();
  expect(await makeStaffLink(pool, id, 60)).toBeUndefined();
  expect(await endStaff(pool, id)).toEqual({ type: "unknown" });
  expect(await findStaff(pool, keyring, id)).toMatchObject({ name: "Berta", email: null });
});

test("signs nobody in who is being ended at the same moment", async () => {
  for (let n = 0; n < 10; n++) {
    const id = await addColleague(pool, `Berta ${n}`);
    const link = tokenOf(await makeStaffLink(pool, id, 60));
    const [session] = await Promise.all([useStaffLink(pool, link), endStaff(pool, id)]);
    expect(session && (await findStaffSession(pool, session, true))).toBeUndefined();
  }
  const { rows } = await pool.query("SELECT count(*)::int AS count FROM staff_session");
  expect(rows).toEqual([{ count: 0 }]);
});

test("keeps the last administrator, also when two end each other at the same moment", async () => {
  const [anna, cem] = [await addColleague(pool, "Anna", details), await addColleague(pool, "Cem", details)];
  const results = await Promise.all([endStaff(pool, anna), endStaff(pool, cem)]);
  expect(results.map(({ type }) => type).sort()).toEqual(["done", "last_administrator"]);
  const [left] = (await listStaff(pool, keyring)).filter(({ endedAt }) => !endedAt);
  const demoted = { ...details, roles: ["case_manager" as const] };
  expect(await changeStaff(pool, keyring, left?.id ?? "", demoted)).toEqual({ type: "last_administrator" });
});

test("lets a colleague be covered by another case manager who is there, and by nobody else", async () => {
  const [anna, berta] = [await addColleague(pool, "Anna"), await addColleague(pool, "Berta")];
  const abh = await addColleague(pool, "Abh", { roles: ["abh"], team: null });
  const away = { from: "2026-12-01", until: null };
  expect(await setAbsence(pool, anna, { ...away, coverId: abh })).toEqual({ type: "wrong_cover" });
  expect(await setAbsence(pool, anna, { ...away, coverId: anna })).toEqual({ type: "wrong_cover" });
  expect(await setAbsence(pool, anna, { ...away, coverId: berta })).toEqual({ type: "done" });
  const covered = async (day: string) =>
    (await readScope(pool, { id: berta, team: "stadt" }, { coordination: "koordination", day })).people;
  expect([await covered("2026-11-30"), await covered("2026-12-01")]).toEqual([[berta], [berta, anna]]);
  await setAbsence(pool, anna, { from: "2026-12-01", until: "2026-12-03", coverId: berta });
  expect([await covered("2026-12-03"), await covered("2026-12-04")]).toEqual([[berta, anna], [berta]]);
  await endStaff(pool, berta);
  expect(await findStaff(pool, keyring, anna)).toMatchObject({ absentFrom: "2026-12-01", coverId: null });
});

test("counts a team as staffed while a case manager of it is there and not away", async () => {
  const anna = await addColleague(pool, "Anna");
  await addColleague(pool, "Cem", { roles: ["administrator"], team: "stadt" });
  const given = { coordination: "koordination", day: "2026-12-01" };
  const staffed = async () => (await readScope(pool, { id: anna, team: "koordination" }, given)).staffedTeams;
  expect(await staffed()).toEqual(["nord"]);
  await setAbsence(pool, anna, { from: "2026-12-01", until: null, coverId: null });
  expect(await staffed()).toEqual([]);
});

test("lets everybody see cases of teams without anybody only while the coordination has nobody, too", async () => {
  const anna = await addColleague(pool, "Anna");
  const given = { coordination: "koordination", day: "2026-12-01" };
  const scope = () => readScope(pool, { id: anna, team: "nord" }, given);
  expect((await scope()).staffedTeams).toEqual(["nord"]);
  const cleo = await addColleague(pool, "Cleo", { team: "koordination" });
  expect((await scope()).staffedTeams).toBeUndefined();
  await setAbsence(pool, cleo, { from: "2026-12-01", until: null, coverId: null });
  expect((await scope()).staffedTeams).toEqual(["nord"]);
});
