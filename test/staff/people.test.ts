import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Letter } from "../../src/domain/mail.ts";
import type { StaffDetails } from "../../src/domain/staff.ts";
import { createStaffPages } from "../../src/staff/index.ts";
import { retentionRules } from "../../src/store/retention-rules.ts";
import { listStaff } from "../../src/store/staff.ts";
import { findStaffSession, makeFirstLink, useStaffLink } from "../../src/store/staff-sessions.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, keyringOf, linkFor, options } from "./stage.ts";

const own = { "sec-fetch-site": "same-origin" };
const administrator: Partial<StaffDetails> = { roles: ["administrator"], team: null };

let database: TestDatabase;
let app: Hono;
const letters: Letter[] = [];
let mailFails = false;

beforeAll(async () => {
  database = await createDatabase();
  const { given } = await options(database.pool);
  const mail = {
    async send(letter: Letter) {
      if (mailFails) throw new Error("no");
      letters.push(letter);
    },
  };
  app = new Hono().route("/staff", createStaffPages({ ...given, mail }));
});
beforeEach(async () => {
  mailFails = false;
  letters.length = 0;
  await database.pool.query("DELETE FROM reading");
  await database.pool.query("DELETE FROM staff");
});
afterAll(() => database.drop());

function post(path: string, fields: [string, string][], headers: Record<string, string> = own) {
  const body = new URLSearchParams(fields).toString();
  const form = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return app.request(path, { method: "POST", body, headers: form });
}

async function enter(answer: Response) {
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const headers = { cookie, ...own };
  const page = await (await app.request("/staff/me", { headers })).text();
  return { headers, csrf: page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "", page };
}

async function signIn(name: string, given?: Partial<StaffDetails>) {
  const token = (await linkFor(database.pool, name, given)).split("token=")[1] ?? "";
  return enter(await post("/staff/sign-in", [["token", token]]));
}

const people = async () => listStaff(database.pool, await keyringOf(database.pool));

test("lets the first administrator enter themself with the printed link, once", async () => {
  const path = (await makeFirstLink(database.pool, 60)) ?? "";
  const form = await (await app.request(path)).text();
  const token = path.split("token=")[1] ?? "";
  for (const role of ["administrator", "case_manager"]) expect(form).toMatch(new RegExp(`value="${role}" checked`));
  expect(form).toMatch(/value="koordination" selected/);

  const entered: [string, string][] = [
    ["token", token],
    ["name", "Anna"],
    ["team", "nord"],
    ["share", "100"],
  ];
  const roles: [string, string][] = [
    ["roles", "administrator"],
    ["roles", "case_manager"],
  ];
  const wrong = await post("/staff/first", [...entered, ["roles", "case_manager"]]);
  expect([wrong.status, (await wrong.text()).includes('value="Anna"')]).toEqual([422, true]);
  const answer = await post("/staff/first", [...entered, ...roles]);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/staff"]);
  const { page } = await enter(answer);
  for (const link of ["Fälle", "Personen", "Einstellungen", "Lesezugriffe"]) expect(page).toContain(`>${link}</a>`);
  expect(page).not.toContain(">Zahlen</a>");

  expect((await post("/staff/first", [...entered, ...roles])).status).toBe(410);
  expect((await app.request(path)).status).toBe(410);
  expect(await people()).toHaveLength(1);
});

test("starts everybody on a page that they may use", async () => {
  const starts = [];
  for (const role of ["case_manager", "coordinator", "abh", "administrator"] as const) {
    const { headers } = await signIn(role, { roles: [role], team: "nord" });
    starts.push((await app.request("/staff", { headers })).headers.get("location"));
  }
  expect(starts).toEqual(["/staff/cases", "/staff/figures", "/staff/campaigns", "/staff/people"]);
});

test("adds a colleague, keeps what was entered when something is wrong, and mails the link", async () => {
  const { headers, csrf } = await signIn("Chef", administrator);
  const entered: [string, string][] = [
    ["csrf", csrf],
    ["name", "Berta"],
    ["email", "berta@example.org"],
    ["share", "50"],
  ];
  const wrong = await post("/staff/people/new", [...entered, ["roles", "case_manager"]], headers);
  const page = await wrong.text();
  expect([wrong.status, page.includes("braucht ein Team"), page.includes('value="berta@example.org"')]).toEqual([
    422,
    true,
    true,
  ]);
  const answer = await post("/staff/people/new", [...entered, ["roles", "case_manager"], ["team", "nord"]], headers);
  const [path = ""] = (answer.headers.get("location") ?? "").split("?");
  expect(await (await app.request(path, { headers })).text()).toContain("berta@example.org");

  const mailed = await post(`${path}/link`, [["csrf", csrf]], headers);
  expect([mailed.status, mailed.headers.get("location")]).toEqual([303, `${path}?done=mailed`]);
  expect(letters).toMatchObject([{ to: "berta@example.org", subject: "Ihr Link zu Lotse, Kreis Paderborn" }]);
  const token = letters[0]?.text.match(/token=([\w-]{43})/)?.[1] ?? "";
  expect(await useStaffLink(database.pool, token)).toBeDefined();

  mailFails = true;
  const shown = await (await post(`${path}/link`, [["csrf", csrf]], headers)).text();
  expect(shown).toContain("konnte nicht gesendet werden");
  expect(shown).toMatch(/value="http:\/\/localhost:3000\/staff\/sign-in\?token=[\w-]{43}"/);
});

test("ends a colleague only when that is confirmed, and then at once", async () => {
  const { headers, csrf } = await signIn("Chef", administrator);
  const berta = await signIn("Berta");
  const id = (await people()).find(({ name }) => name === "Berta")?.id;
  expect((await post(`/staff/people/${id}/end`, [["csrf", csrf]], headers)).status).toBe(422);
  expect((await app.request("/staff/me", { headers: berta.headers })).status).toBe(200);
  await post(
    `/staff/people/${id}/end`,
    [
      ["csrf", csrf],
      ["sure", "1"],
    ],
    headers,
  );
  expect((await app.request("/staff/me", { headers: berta.headers })).status).toBe(401);
  const self = (await people()).find(({ name }) => name === "Chef")?.id;
  const last = await post(
    `/staff/people/${self}/end`,
    [
      ["csrf", csrf],
      ["sure", "1"],
    ],
    headers,
  );
  expect([last.status, (await last.text()).includes("die letzte Person")]).toEqual([422, true]);
});

test("lets everybody note their absence and end their own sessions, and nobody else's", async () => {
  const [anna, again, berta] = [await signIn("Anna"), await signIn("Anna"), await signIn("Berta")];
  const id = (await people()).find(({ name }) => name === "Berta")?.id ?? "";
  const away: [string, string][] = [
    ["csrf", anna.csrf],
    ["from", "2026-12-01"],
    ["cover", id],
  ];
  expect((await post("/staff/me/absence", [...away, ["until", "2026-11-01"]], anna.headers)).status).toBe(422);
  expect((await post("/staff/me/absence", away, anna.headers)).headers.get("location")).toBe("/staff/me?done=absent");
  expect((await people()).find(({ name }) => name === "Anna")).toMatchObject({ absentFrom: "2026-12-01", coverId: id });

  const { rows } = await database.pool.query("SELECT id FROM staff_session WHERE staff_id = $1", [id]);
  await post(
    "/staff/me/sessions/end",
    [
      ["csrf", anna.csrf],
      ["session", rows[0].id],
    ],
    anna.headers,
  );
  expect((await app.request("/staff/me", { headers: berta.headers })).status).toBe(200);
  await post("/staff/me/sessions/end", [["csrf", anna.csrf]], anna.headers);
  expect((await app.request("/staff/me", { headers: again.headers })).status).toBe(401);
});

test("records each reading of a case once, also when the open page brings itself up to date", async () => {
  await addCase(database.pool, { code: "K7-42M" });
  const { headers } = await signIn("Anna");
  await app.request("/staff/cases/K7-42M", { headers });
  for (let n = 0; n < 3; n++) await app.request("/staff/cases/K7-42M", { headers: { ...headers, "x-live": "1" } });
  const { rows } = await database.pool.query("SELECT name, part FROM reading ORDER BY part");
  expect(rows).toEqual(["answers", "proposals", "talk"].map((part) => ({ name: "Anna", part })));
  const other = await signIn("Fremd", { team: "stadt" });
  await app.request("/staff/cases/K7-42M", { headers: other.headers });
  const log = await (
    await app.request("/staff/readings", { headers: (await signIn("Chef", administrator)).headers })
  ).text();
  expect(log).toContain("Anna");
  expect(log).not.toMatch(/Fremd|K7-42M/);
});

test("shows figures and counts without a number below five, as of yesterday", async () => {
  for (let n = 0; n < 7; n++)
    await addCase(database.pool, { code: `CC-22${n + 2}`, municipality: n < 5 ? "delbrueck" : null });
  const { headers } = await signIn("Koordination", { roles: ["coordinator"], team: null });
  const figures = async () => (await app.request("/staff/figures", { headers })).text();
  expect(await figures()).toContain("noch zu wenige Fälle");
  await database.pool.query("UPDATE case_file SET submitted_at = now() - interval '2 days'");
  const page = await figures();
  expect(page).toContain("5 oder mehr");
  expect(
    [...page.matchAll(/numeric">([^<]+)</g)].map(([, shown]) => shown).filter((shown) => /^[0-4]$/.test(shown ?? "")),
  ).toEqual([]);

  const abh = await signIn("Abh", { roles: ["abh"], team: null });
  const campaigns = await (await app.request("/staff/campaigns", { headers: abh.headers })).text();
  expect(campaigns).toContain("&lt; 5");
});

test("tells a session its own colleague's changes at the next look", async () => {
  const { headers } = await signIn("Anna");
  await database.pool.query("UPDATE staff SET roles = '{abh}' WHERE name = 'Anna'");
  expect((await app.request("/staff/cases", { headers })).status).toBe(403);
  const token = headers.cookie.split("=")[1] ?? "";
  expect((await findStaffSession(database.pool, token, false))?.member.roles).toEqual(["abh"]);
});

test("shows an administrator every period, and what the last nights removed, in German", async () => {
  await database.pool.query(`INSERT INTO retention_report (counts) VALUES ($1)`, [
    JSON.stringify(Object.fromEntries(retentionRules.map(({ kind }, index) => [kind, index + 1]))),
  ]);
  const { headers } = await signIn("Chef", administrator);
  const page = await (await app.request("/staff/settings", { headers })).text();
  expect(page).toContain("24 Stunden");
  expect(page).toContain("Gespräch, wenn ein Fall länger dauert");
  expect(page).toContain("Nicht aufgenommene Anfragen: 1");
  expect(page).not.toMatch(/\b[a-z]+_[a-z_]+\b(?=<|: \d)/);
});
