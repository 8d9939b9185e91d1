import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffPages } from "../../src/staff/index.ts";
import { applyAgreement } from "../../src/store/agreement-ends.ts";
import { recordAgreement, toShownText } from "../../src/store/agreements.ts";
import { answerReferral } from "../../src/store/referral-answers.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, linkFor, options } from "./stage.ts";

let database: TestDatabase;
let app: Hono;
let staff: Awaited<ReturnType<typeof options>>;
const own = { "sec-fetch-site": "same-origin" };

beforeAll(async () => {
  database = await createDatabase();
  staff = await options(database.pool);
  app = new Hono().route("/staff", createStaffPages(staff.given));
});
afterAll(() => database.drop());

async function signIn(name: string) {
  const token = new URL(await linkFor(database.pool, name), "http://x").searchParams.get("token") ?? "";
  const answer = await post("/staff/sign-in", [["token", token]], "");
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await app.request("/staff/cases", { headers: { cookie, ...own } })).text();
  return { cookie, csrf: page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "" };
}

function post(path: string, fields: [string, string][], cookie: string) {
  const headers = { "content-type": "application/x-www-form-urlencoded", cookie, ...own };
  return app.request(path, { method: "POST", body: new URLSearchParams(fields).toString(), headers });
}

const get = async (path: string, cookie: string) => {
  const answer = await app.request(path, { headers: { cookie, ...own } });
  return { status: answer.status, text: await answer.text() };
};

const claimed = (code: string) => addCase(database.pool, { code, claimedBy: "Anna" });

const referralOf = async (caseId: string) =>
  (await database.pool.query(`SELECT id, state, items FROM referral WHERE case_id = $1`, [caseId])).rows[0];

/** What the turn of a person's answer writes. */
async function answer(contactId: string, state: "given" | "withdrawn", referral?: string) {
  const client = await database.pool.connect();
  const text = toShownText("agreement.office:jobcenter", "1", "uk", "Я погоджуюся: Jobcenter");
  const said = { purpose: "office" as const, recipient: "jobcenter", state };
  const how = { language: "uk", channel: "telegram", way: "press" as const, place: "kreis-paderborn", at: Date.now() };
  await recordAgreement(client, { contactId, ...said, text, ...how, data: ["needs"] });
  if (referral) await answerReferral(client, contactId, referral, true);
  else await applyAgreement(client, contactId, { ...said, text: "" });
  client.release();
}

test("asks with what was chosen, and has no way to the data sheet before the yes nor after it was taken back", async () => {
  const { id, contactId } = await claimed("K7-42M");
  const { cookie, csrf } = await signIn("Anna");
  const form = await get("/staff/cases/K7-42M/referrals/new", cookie);
  expect(form.text).toContain("Leistungen, Sprache");
  expect(form.text).not.toMatch(/<input[^>]*type="checkbox"[^>]*checked/);

  const chosen: [string, string][] = [
    ["csrf", csrf],
    ["version", "1"],
    ["office", "jobcenter"],
    ["items", "needs"],
  ];
  const sent = await post("/staff/cases/K7-42M/referrals", [...chosen, ["items", "paper"]], cookie);
  expect(sent.headers.get("location")).toBe("/staff/cases/K7-42M?referral=asked");
  expect(staff.delivered).toHaveLength(1);
  const referral = await referralOf(id);
  // What was never answered can't be asked for.
  expect(referral).toMatchObject({ state: "asked", items: ["needs"] });
  expect((await get(`/staff/cases/K7-42M?referral=asked`, cookie)).text).toContain("noch nicht zugestellt");

  const sheet = `/staff/cases/K7-42M/referrals/${referral.id}/sheet`;
  expect((await get(sheet, cookie)).status).toBe(404);
  expect((await get("/staff/cases/K7-42M", cookie)).text).not.toContain(sheet);
  await answer(contactId, "given", referral.id);
  expect((await get("/staff/cases/K7-42M", cookie)).text).toContain(sheet);
  const page = await get(sheet, cookie);
  expect(page.text).toContain("Leistungen, Sprache");
  expect(page.text).not.toContain("Delbrück");
  expect(page.text).toContain("Я погоджуюся: Jobcenter");
  expect(page.text).toMatch(/<code class="staff-hash">[0-9a-f]{64}/);

  const handOver = `/staff/cases/K7-42M/referrals/${referral.id}/handed-over`;
  const wrong = await post(
    handOver,
    [
      ["csrf", csrf],
      ["day", "2999-01-01"],
    ],
    cookie,
  );
  expect(wrong.headers.get("location")).toContain("sheet?day=wrong");
  const right = await post(
    handOver,
    [
      ["csrf", csrf],
      ["day", "2026-11-20"],
    ],
    cookie,
  );
  expect(right.headers.get("location")).toContain("referral=handedOver");
  expect((await get("/staff/cases/K7-42M", cookie)).text).toContain("Übergeben am Freitag, 20. November von Anna");

  await answer(contactId, "withdrawn");
  expect((await get(sheet, cookie)).status).toBe(404);
  expect((await get("/staff/cases/K7-42M", cookie)).text).toContain("nach der Übergabe am Freitag, 20. November");
});

test("gives the form back filled when something is missing, and asks nobody", async () => {
  const { id } = await claimed("M7-42K");
  const { cookie, csrf } = await signIn("Anna");
  const fields: [string, string][] = [
    ["csrf", csrf],
    ["version", "1"],
    ["office", ""],
    ["items", "needs"],
  ];
  const back = await (await post("/staff/cases/M7-42K/referrals", fields, cookie)).text();
  expect(back).toContain("Bitte wählen Sie eine Stelle");
  expect(back).toMatch(/value="needs"[^>]*checked/);
  fields[1] = ["version", "7"];
  fields[2] = ["office", "jobcenter"];
  expect(await (await post("/staff/cases/M7-42K/referrals", fields, cookie)).text()).toContain("neue Angaben gesendet");
  expect(await referralOf(id)).toBeUndefined();
});

test("lets nobody ask or hand over whose case it is not, or without the form's token", async () => {
  const { id } = await claimed("P7-42M");
  const { cookie, csrf } = await signIn("Berta");
  const fields: [string, string][] = [
    ["version", "1"],
    ["office", "jobcenter"],
    ["items", "needs"],
  ];
  expect((await post("/staff/cases/P7-42M/referrals", fields, cookie)).status).toBe(403);
  const answer = await post("/staff/cases/P7-42M/referrals", [...fields, ["csrf", csrf]], cookie);
  expect(answer.headers.get("location")).toContain("referral=notYours");
  expect((await get("/staff/cases/P7-42M", cookie)).text).not.toContain("referrals/new");
  expect((await get("/staff/cases/P7-42M/referrals/not-an-id/sheet", cookie)).status).toBe(404);
  expect(await referralOf(id)).toBeUndefined();
});
