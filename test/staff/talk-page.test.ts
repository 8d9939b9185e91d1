import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutgoingWords } from "../../src/domain/prompt.ts";
import { createStaffPages } from "../../src/staff/index.ts";
import { unsealOutgoing } from "../../src/store/outbox.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, type CaseSeed, keyringOf, linkFor, options } from "./stage.ts";

const hostile = `"><script>alert(1)</script>**x**`;

let database: TestDatabase;
let app: Hono;
let staff: Awaited<ReturnType<typeof options>>;
let anna: Awaited<ReturnType<typeof signIn>>;
let berta: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  database = await createDatabase();
  staff = await options(database.pool);
  app = new Hono().route("/staff", createStaffPages({ ...staff.given, now: () => new Date("2026-11-20T12:00:00Z") }));
  anna = await signIn("Anna");
  berta = await signIn("Berta");
});
afterAll(() => database.drop());

const own = { "sec-fetch-site": "same-origin" };

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = own) {
  const body = new URLSearchParams(fields).toString();
  const type = { "content-type": "application/x-www-form-urlencoded" };
  return app.request(path, { method: "POST", body, headers: { ...type, ...headers } });
}

async function signIn(name: string) {
  const link = await linkFor(database.pool, name);
  const answer = await post("/staff/sign-in", { token: new URL(link, "http://x").searchParams.get("token") ?? "" });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await app.request("/staff/sign-in/none", { headers: { cookie } })).text();
  return { headers: { cookie, ...own }, csrf: page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "" };
}

const get = async (path: string, who = anna) => (await app.request(path, { headers: who.headers })).text();
const submit = (code: string, fields: Record<string, string>, who = anna) =>
  post(`/staff/cases/${code}/talk`, { csrf: who.csrf, id: "0", do: "send", language: "de", ...fields }, who.headers);
const claimed = (code: string, more: Partial<CaseSeed> = {}) =>
  addCase(database.pool, { code, claimedBy: "Anna", ...more });

/** Words that wait to be sent to a person. */
async function waiting(contactId: string): Promise<OutgoingWords[]> {
  const keyring = await keyringOf(database.pool);
  const { rows } = await database.pool.query(
    `SELECT o.n, o.body, c.data_key FROM outbox o JOIN contact c ON c.id = o.lane WHERE o.lane = $1 ORDER BY o.n`,
    [contactId],
  );
  return rows.flatMap(({ n, body, data_key }) => {
    const message = unsealOutgoing(keyring.unwrap(data_key), contactId, n, body);
    return message.type === "words" ? [message] : [];
  });
}

test("sends free words once, however often the form comes, and shows them with who wrote and when", async () => {
  const { contactId } = await claimed("DD-222");
  expect(await get("/staff/cases/DD-222")).toContain('id="write-free"');
  for (let n = 0; n < 2; n++) {
    const answer = await submit("DD-222", { text: ` ${hostile}\r\nTschüss ` });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/staff/cases/DD-222?talk=sent#talk"]);
  }
  const text = `${hostile}\nTschüss`;
  expect(await waiting(contactId)).toMatchObject([{ words: { type: "free", text, language: "de" }, language: "uk" }]);
  expect(staff.woken.at(-1)).toContain(contactId);
  const page = await get("/staff/cases/DD-222?talk=sent");
  expect(page).toContain("Ihre Nachricht ist unterwegs.");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;**x**");
  expect(page).not.toContain("<script>alert");
  expect(page).toMatch(/staff-talk__line--staff">\s*<p class="staff-talk__who">Anna <time/);
  expect(page).toContain("Gespräch begonnen von Anna");
});

test("keeps what was typed when something is missing or too long, and sends nothing", async () => {
  const { contactId } = await claimed("DD-333");
  for (const text of ["", " \r\n ", "x".repeat(3_001)]) {
    const answer = await submit("DD-333", { text });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('aria-invalid="true"');
    if (text.length > 10) expect(page).toContain(text);
  }
  expect((await submit("DD-333", { text: "x", language: "xx" })).status).toBe(422);
  expect(await waiting(contactId)).toEqual([]);
});

test("shows a prepared message in both languages before it is sent, and again when it was changed since", async () => {
  const { contactId } = await claimed("DD-444");
  const form = await get("/staff/cases/DD-444/talk?message=appointment");
  expect(form).toMatch(/<input[^>]*type="date"[^>]*name="field-day"/);
  expect(form).not.toContain('value="send"');
  const where = form.match(/<option value="(sites\.[^"]+)"/)?.[1] ?? "";
  const fields = { message: "appointment", "field-day": "2026-11-25", "field-time": "10:30", "field-where": where };

  const unseen = await submit("DD-444", fields);
  expect(unseen.status).toBe(200);
  const page = await unseen.text();
  expect(page).toContain("Вам призначено зустріч");
  expect(page).toContain("Sie haben einen Termin: Mittwoch, 25. November, 10:30 Uhr");
  expect(page).toContain("Вам пише людина, а не програма: KIM-Team Nord");
  const previewed = page.match(/name="previewed" value="([^"]+)"/)?.[1] ?? "";

  const changed = await submit("DD-444", { ...fields, "field-time": "11:00", previewed });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain("anders als in der letzten Vorschau");
  expect(await waiting(contactId)).toEqual([]);

  expect((await submit("DD-444", { ...fields, previewed })).status).toBe(303);
  expect(await waiting(contactId)).toMatchObject([
    { words: { key: "prepared.appointment", values: { time: "10:30" } } },
  ]);
  const faulty = await submit("DD-444", { ...fields, "field-day": "2026-11-19" });
  expect([faulty.status, await faulty.text()]).toEqual([422, expect.stringContaining("Dieser Tag ist schon vorbei.")]);
});

test("previews free words as the person will read them", async () => {
  await claimed("DD-666", { language: "ar" });
  const page = await (await submit("DD-666", { text: "Guten Tag", do: "preview" })).text();
  expect(page).toMatch(/lang="ar" dir="rtl"[^>]*><strong>يكتب إليكم هنا إنسان/);
  expect(page).toContain("\u2068Guten Tag\u2069");
});

test.each<[string, Partial<CaseSeed>, string]>([
  ["said stop", { silent: "stopped" }, "„Stopp“ gesagt"],
  ["blocked us", { silent: "blocked" }, "blockiert"],
  ["does not agree", { conversation: { agreed: false } }, "nicht eingewilligt"],
  ["has an unsafe phone", { conversation: { quiet: true } }, "nicht sicher"],
])("says why nothing is sent to who %s, and keeps the text", async (name, seed, why) => {
  const code = `FF-${{ "said stop": "222", "blocked us": "333", "does not agree": "444" }[name] ?? "666"}`;
  const { contactId } = await claimed(code, seed);
  expect(await get(`/staff/cases/${code}`)).toContain(why);
  const answer = await submit(code, { text: "Hallo!?" });
  const page = await answer.text();
  expect(answer.status).toBe(409);
  expect(page).toContain("Nicht gesendet. Ihr Text ist noch da.");
  expect(page).toContain(why);
  expect(page).toContain(">Hallo!?</textarea>");
  expect(await waiting(contactId)).toEqual([]);
  // Once it is settled, the same form goes out.
  const again = await submit(code, { text: "Hallo!?", anyway: "1" });
  expect(again.status).toBe(name === "has an unsafe phone" ? 303 : 409);
});

test("lets only who has the case write and end, and shows the others the conversation", async () => {
  const { contactId } = await claimed("CC-222", {
    talk: [
      [{ type: "staff", by: "Anna", words: { type: "prepared", key: "prepared.which_day" } }],
      [{ type: "wrote", text: hostile }],
      [{ type: "unseen", kind: "photo" }],
    ],
  });
  const page = await get("/staff/cases/CC-222", berta);
  expect(page).toContain("prepared.which_day");
  expect(page).toContain("&lt;script&gt;");
  expect(page).toContain("Hat ein Foto gesendet.");
  expect(page).toContain("wer den Fall übernommen hat: Anna");
  expect(page).not.toContain("write-free");
  const answer = await submit("CC-222", { text: "Ich auch" }, berta);
  expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining(">Ich auch</textarea>")]);
  await submit("CC-222", { text: "Guten Tag" });
  const ending = (who: typeof anna) => post("/staff/cases/CC-222/talk/end", { csrf: who.csrf }, who.headers);
  expect((await ending(berta)).status).toBe(409);
  expect(await get("/staff/cases/CC-222")).toContain("Sie sind im Gespräch");
  expect((await ending(anna)).headers.get("location")).toBe("/staff/cases/CC-222?talk=ended#talk");
  expect(await get("/staff/cases/CC-222")).toContain("Gerade läuft kein Gespräch");
  expect(await waiting(contactId)).toHaveLength(1);
});

test("refuses what does not come from its own form", async () => {
  const { contactId } = await claimed("CC-333");
  for (const csrf of ["", berta.csrf]) {
    expect((await submit("CC-333", { text: "x", csrf })).status).toBe(403);
    expect((await post("/staff/cases/CC-333/talk/end", { csrf }, anna.headers)).status).toBe(403);
  }
  expect((await submit("ZZ-222", { text: "x" })).status).toBe(404);
  expect(await waiting(contactId)).toEqual([]);
});

test("tells in the list that the person wrote, until who has the case looks", async () => {
  const { id } = await claimed("CC-444");
  await database.pool.query(`UPDATE case_file SET last_person_at = '2026-11-20T11:00:00Z' WHERE id = $1`, [id]);
  const row = async () => {
    const page = await get("/staff/cases?show=all");
    return page.slice(page.indexOf("case-CC-444"), page.indexOf("</tr>", page.indexOf("case-CC-444")));
  };
  expect(await row()).toContain("Neue Nachricht");
  await get("/staff/cases/CC-444", berta);
  expect(await row()).toContain("Neue Nachricht");
  await get("/staff/cases/CC-444");
  expect(await row()).not.toContain("Neue Nachricht");
});
