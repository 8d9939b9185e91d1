import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffPages } from "../../src/staff/index.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { type SignedIn, signIn } from "./signed-in.ts";
import { addCase, addColleague, jobcenterProposal, options } from "./stage.ts";

let database: TestDatabase;
let staff: Awaited<ReturnType<typeof options>>;
let anna: SignedIn;
let berta: SignedIn;

beforeAll(async () => {
  database = await createDatabase();
  staff = await options(database.pool);
  const app = new Hono().route("/staff", createStaffPages(staff.given));
  anna = await signIn(app, database.pool, "Anna");
  berta = await signIn(app, database.pool, "Berta");
});

afterAll(() => database.drop());

const path = (code: string) => `/staff/cases/${code}`;
const rule = jobcenterProposal.rule;

async function stored(code: string) {
  const { rows } = await database.pool.query("SELECT status, version, stage FROM case_file WHERE code = $1", [code]);
  return rows[0];
}

/** The part of a page between a form's start and end. */
function formOf(page: string, id: string): string {
  const start = page.indexOf(`id="${id}"`);
  return start < 0 ? "" : page.slice(start, page.indexOf("</form>", start));
}

test("offers what is usual now: to claim; then, to who has it, to work on it; to others, to hand it over", async () => {
  await addCase(database.pool, { code: "KC-222" });
  const forms = ({ page }: { page: string }) =>
    [...page.matchAll(/form class="staff-act" id="([^"]+)"/g)].map(([, id]) => id);
  const open = await anna.get(path("KC-222"));
  expect(open.page).toContain(`id="claim-KC-222"`);
  expect(forms(open)).toEqual(["act-handOver"]);
  await anna.post(`${path("KC-222")}/claim`, {});
  const mine = await anna.get(path("KC-222"));
  expect(mine.page).not.toContain(`id="claim-KC-222"`);
  expect(forms(mine)).toEqual([
    ...[`act-decide-${rule}-confirm`, `act-decide-${rule}-change`, "act-stage", "act-contactPerson"],
    ...["act-interpreter", "act-signed", "act-close", "act-handOver", "act-handBack"],
  ]);
  expect(forms(await berta.get(path("KC-222")))).toEqual(["act-handOver"]);
});

test("does an act, says so, and has new cards sent", async () => {
  await addCase(database.pool, { code: "KD-222", claimedBy: "Anna" });
  const before = staff.woken.length;
  const done = await anna.post(path("KD-222"), { act: "stage", version: "1", stage: "assessment" });
  expect([done.status, done.location]).toEqual([303, "/staff/cases/KD-222?done=stage"]);
  expect(staff.woken.length).toBe(before + 1);
  const { page } = await anna.get(done.location ?? "");
  expect(page).toContain("Der Schritt ist gespeichert.");
  expect(page).toMatch(/aria-current="step">Assessment/);
  expect(page).toContain("Schritt: Assessment (Anna)");
});

test("tells the loser of a race who did what, shows the case as it is, and gives back what was typed", async () => {
  await addCase(database.pool, { code: "CC-222", claimedBy: "Anna" });
  const typed = "Frau mit zwei <Kindern> & Hund";
  await anna.post(path("CC-222"), { act: "stage", version: "1", stage: "goal_agreement" });
  const late = await anna.post(path("CC-222"), { act: "close", version: "1", outcome: "moved_away", words: typed });
  expect(late.status).toBe(409);
  expect(late.page).toContain("Der Fall hat sich inzwischen geändert");
  expect(late.page).toMatch(/Uhr: Schritt: Zielvereinbarung \(Anna\)/);
  const form = formOf(late.page, "act-close");
  expect(form).toContain("Frau mit zwei &lt;Kindern&gt; &amp; Hund</textarea>");
  expect(form).toContain(`value="moved_away" selected`);
  expect(form).toContain(`name="version" value="2"`);
  expect(form).toContain("data-typed");
  expect(late.page).toMatch(/id="fold-act-close" open/);
  expect(await stored("CC-222")).toEqual({ status: "claimed", version: 2, stage: "goal_agreement" });
});

test("shows what was typed even where the case has no place for it any more", async () => {
  await addCase(database.pool, { code: "CC-333", claimedBy: "Anna" });
  const id = await addColleague(database.pool, "Berta");
  const given = await anna.post(path("CC-333"), {
    act: "handOver",
    version: "1",
    to: `staff:${id}`,
    words: "Spricht auch Englisch",
  });
  expect(given.location).toBe("/staff/cases?done=handOver");
  expect((await anna.get(given.location ?? "")).page).toContain("Sie haben den Fall abgegeben.");
  const late = await anna.post(path("CC-333"), { act: "handBack", version: "1", reason: "Bitte bald anrufen" });
  expect(late.status).toBe(409);
  expect(late.page).toContain("Das hatten Sie geschrieben");
  expect(late.page).toContain("Bitte bald anrufen");
  // Whoever gets the case reads what was said to them.
  const taker = (await berta.get(path("CC-333"))).page;
  expect(taker).toMatch(/Hinweis von Anna[\s\S]*Spricht auch Englisch/);
});

test("gives whoever does not see the case any more what they had typed, and nothing of the case", async () => {
  await addCase(database.pool, { code: "CC-667", claimedBy: "Anna" });
  await addColleague(database.pool, "Cleo", { team: "koordination" });
  await berta.post(path("CC-667"), { act: "handOver", version: "1", to: "team:stadt", words: "" });
  const late = await anna.post(path("CC-667"), { act: "handBack", version: "1", reason: "Bitte bald <b>anrufen" });
  expect(late.status).toBe(403);
  expect(late.page).toContain("inzwischen abgegeben");
  expect(late.page).toContain("Bitte bald &lt;b&gt;anrufen");
  expect(late.page).not.toContain("Jobcenter");
});

test("says which field is wrong and keeps the others", async () => {
  await addCase(database.pool, { code: "DD-222", claimedBy: "Anna" });
  const fields = { act: "decide", version: "1", intake: "1", rule, verdict: "change" };
  const faulty = await anna.post(path("DD-222"), { ...fields, office: "kim", reason: "  " });
  expect(faulty.status).toBe(422);
  const form = formOf(faulty.page, `act-decide-${rule}-change`);
  expect(form).toContain("Bitte schreiben Sie einen Grund.");
  expect(form).toContain(`aria-invalid="true"`);
  expect(form).toContain(`value="kim" selected`);
  for (const [asked, text] of [
    [{ act: "signed", on: "2999-01-01" }, "nicht in der Zukunft"],
    [{ act: "handOver", to: "team:nowhere" }, "wählen Sie etwas aus der Liste"],
    [{ act: "close", outcome: "other", words: "x".repeat(2001) }, "höchstens 2000 Zeichen"],
    [{ act: "whatever" }, "nicht vollständig"],
  ] as const) {
    const { status, page } = await anna.post(path("DD-222"), { version: "1", ...asked });
    expect([status, page.includes(text)]).toEqual([422, true]);
  }
  expect((await stored("DD-222")).version).toBe(1);
});

test("does nothing for somebody else, without a form of this session, or to a case that is not there", async () => {
  await addCase(database.pool, { code: "KJ-222", claimedBy: "Anna" });
  const close = { act: "close", version: "1", outcome: "other" };
  expect((await berta.post(path("KJ-222"), close)).status).toBe(409);
  expect((await anna.post(path("KJ-222"), { ...close, csrf: "x" })).status).toBe(403);
  expect((await anna.post(path("KJ-77W"), close)).status).toBe(404);
  expect(await stored("KJ-222")).toMatchObject({ status: "claimed", version: 1 });
});

test("acts once when a form is sent twice", async () => {
  await addCase(database.pool, { code: "FF-222", claimedBy: "Anna" });
  const press = () => anna.post(path("FF-222"), { act: "handBack", version: "1", reason: "" });
  const answers = await Promise.all([press(), press()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await stored("FF-222")).toMatchObject({ status: "open", version: 2 });
});

test("shows exactly what the person will read, in both languages, and sends it once", async () => {
  const { contactId } = await addCase(database.pool, { code: "KM-222", claimedBy: "Anna" });
  await anna.post(path("KM-222"), { act: "decide", version: "1", intake: "1", rule, verdict: "confirm" });
  const { page } = await anna.get(path("KM-222"));
  expect(page).toContain("Jobcenter Kreis Paderborn, entschieden von Anna");
  const preview = page.match(/href="([^"]+\/tell\/[^"]+)"/)?.[1] ?? "";
  const shown = await anna.get(preview);
  for (const text of [
    "Посвідчення особи або паспорт",
    "Ausweis oder Pass",
    "Beispielstraße 1",
    "KM-222",
    `lang="uk"`,
  ]) {
    expect(shown.page).toContain(text);
  }
  const decision = preview.split("/").at(-1) ?? "";
  const sent = await anna.post(path("KM-222"), { act: "tell", version: "2", decision, language: "uk" });
  expect(sent.location).toBe("/staff/cases/KM-222?done=tell");
  expect(staff.woken.at(-1)).toEqual([contactId]);
  const after = await anna.get(path("KM-222"));
  expect(after.page).toContain("Der Person mitgeteilt von Anna");
  expect(after.page).not.toContain(preview);
});

test("says why nothing can be told to who said stop", async () => {
  const { contactId } = await addCase(database.pool, { code: "KM-333", claimedBy: "Anna" });
  await anna.post(path("KM-333"), { act: "decide", version: "1", intake: "1", rule, verdict: "confirm" });
  await database.pool.query("UPDATE session SET silent = 'stopped' WHERE contact_id = $1", [contactId]);
  expect((await anna.get(path("KM-333"))).page).toContain("Die Person möchte keine Nachrichten.");
});

test("shows decisions on older answers apart, by office and without the rule", async () => {
  const versions = [{ forWhom: "self" as const }, { forWhom: "self" as const, needs: ["housing" as const] }];
  const { id } = await addCase(database.pool, { code: "HH-222", claimedBy: "Anna", answers: versions });
  await database.pool
    .query("DELETE FROM intake WHERE case_id = $1 AND version = 2 RETURNING *", [id])
    .then(async ({ rows }) => {
      await anna.post(path("HH-222"), {
        act: "decide",
        version: "1",
        intake: "1",
        rule,
        verdict: "change",
        office: "kim",
        reason: "erst hier",
      });
      const [{ case_id, version, schema, answers, proposals, submitted_at }] = rows;
      await database.pool.query("INSERT INTO intake VALUES ($1, $2, $3, $4, $5, $6)", [
        case_id,
        version,
        schema,
        answers,
        proposals,
        submitted_at,
      ]);
    });
  const { page } = await anna.get(path("HH-222"));
  const older = page.slice(page.indexOf("Entscheidungen zu früheren Angaben"), page.indexOf(`id="work"`));
  expect(older).toContain("KIM Kreis Paderborn, entschieden von Anna");
  expect(older).toContain("erst hier");
  expect(older).not.toContain(rule);
  expect(formOf(page, `act-decide-${rule}-confirm`)).not.toBe("");
});

test("prints the agreement in the person's language beside the German one, with lines to sign on", async () => {
  await addCase(database.pool, { code: "JJ-222", language: "ar", claimedBy: "Anna" });
  const { page } = await anna.get(`${path("JJ-222")}/print/agreement`);
  expect(page).toMatch(/<th scope="col" lang="ar" dir="rtl">إقرار بالموافقة/);
  expect(page).toMatch(/<th scope="col" lang="de" dir="ltr">Einwilligungserklärung/);
  expect(page).toContain("Ich bin einverstanden: Kreis Paderborn");
  for (const text of ["Unterschrift", "التوقيع", "Textfassung"]) expect(page).toContain(text);
  await addCase(database.pool, { code: "JJ-333", language: "de", claimedBy: "Anna" });
  const german = await anna.get(`${path("JJ-333")}/print/agreement`);
  expect(german.page.match(/<th scope="col"/g)).toHaveLength(1);
});

test("offers colleagues by team, the case's first, and says who is absent", async () => {
  await addCase(database.pool, { code: "KR-222", claimedBy: "Anna" });
  const absent = await addColleague(database.pool, "Dora");
  await database.pool.query("UPDATE staff SET absent_from = current_date - 1 WHERE id = $1", [absent]);
  await addColleague(database.pool, "Emil", { team: "stadt" });
  const form = formOf((await anna.get(path("KR-222"))).page, "act-handOver");
  expect(form).toMatch(/label="Team Nord">.*Dora \(zurzeit abwesend\).*label="Team Stadt">.*>Emil</);
});

test("lists stage and contact person, and the cases of the reader's team", async () => {
  const id = await addColleague(database.pool, "Anna");
  await addCase(database.pool, { code: "KK-222", claimedBy: "Anna" });
  await addCase(database.pool, { code: "KX-777", team: "stadt" });
  await anna.post(path("KK-222"), { act: "stage", version: "1", stage: "support_plan" });
  await anna.post(path("KK-222"), { act: "contactPerson", version: "2", staff: id });
  const { page } = await anna.get("/staff/cases?show=team");
  expect(page).toContain("KK-222");
  expect(page).not.toContain("KX-777");
  for (const text of ["Hilfeplanung", "Ansprechperson: Anna"]) expect(page).toContain(text);
});
