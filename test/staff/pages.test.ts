import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffPages } from "../../src/staff/index.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, linkFor, options } from "./stage.ts";

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;

let database: TestDatabase;
let app: Hono;
let staff: Awaited<ReturnType<typeof options>>;

beforeAll(async () => {
  database = await createDatabase();
  staff = await options(database.pool);
  app = new Hono().route("/staff", createStaffPages(staff.given));
});

afterAll(() => database.drop());

const own = { "sec-fetch-site": "same-origin" };

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = own) {
  return app.request(path, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });
}

async function linkToken(name: string): Promise<string> {
  const path = await linkFor(database.pool, name);
  return new URL(path, "http://localhost").searchParams.get("token") ?? "";
}

/** Signs somebody in; returns the header that their browser sends, and the value of their forms. */
async function signIn(name = "Anna") {
  const answer = await post("/staff/sign-in", { token: await linkToken(name) });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await app.request("/staff/sign-in/none", { headers: { cookie } })).text();
  return { answer, headers: { cookie, ...own }, csrf: page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "" };
}

/** All routes but the open ones, as the app knows them. */
function guardedRoutes() {
  const routes = (app.routes as { method: string; path: string }[]).filter(({ method }) => method !== "ALL");
  const open = ["/staff/sign-in", "/staff/first", "/staff/assets/"];
  return routes
    .filter(({ path }) => !open.some((one) => path.startsWith(one)))
    .map(({ method, path }) => ({ method, path: path.replace(":code", "K7-42M") }));
}

test("shows nothing of any route to whoever is not signed in", async () => {
  await addCase(database.pool, { code: "K7-42M" });
  const routes = guardedRoutes();
  expect(routes.map(({ path }) => path)).toContain("/staff/cases/K7-42M/claim");
  expect(routes.length).toBeGreaterThanOrEqual(6);
  for (const { method, path } of [...routes, { method: "GET", path: "/staff/whatever" }]) {
    for (const cookie of ["", "lotse_staff=x", `lotse_staff=${"A".repeat(43)}`]) {
      const answer = await app.request(path, { method, headers: { ...own, cookie } });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(await answer.text()).not.toContain("K7-42M");
    }
  }
  const { rows } = await database.pool.query("SELECT status FROM case_file");
  expect(rows).toEqual([{ status: "open" }]);
});

test("does not use a link up by showing its page", async () => {
  const token = await linkToken("Anna");
  for (let n = 0; n < 3; n++) {
    const answer = await app.request(`/staff/sign-in?token=${token}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
  expect((await post("/staff/sign-in", { token })).status).toBe(303);
  expect((await post("/staff/sign-in", { token })).status).toBe(410);
});

test("gives a strict cookie for the staff pages alone, secure on https", async () => {
  const { answer } = await signIn();
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^lotse_staff=[A-Za-z0-9_-]{43};/);
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/staff", "Max-Age=43200"]) expect(cookie).toContain(part);
  expect(cookie).not.toContain("Secure");
  const secure = new Hono().route(
    "/staff",
    createStaffPages({ ...staff.given, publicUrl: "https://lotse.example.org" }),
  );
  const answered = await secure.request("/staff/sign-in", {
    method: "POST",
    body: new URLSearchParams({ token: await linkToken("Anna") }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...own },
  });
  expect(answered.headers.get("set-cookie")).toContain("Secure");
});

test("sends a strict policy with every page, and lets none be kept", async () => {
  const { headers } = await signIn();
  for (const path of ["/staff/cases", "/staff/cases/K7-42M", "/staff/sign-in", "/staff/nothing"]) {
    const answer = await app.request(path, { headers });
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=/);
    expect(page).not.toMatch(/(src|href)="https?:/);
  }
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  ["a neighbour", { "sec-fetch-site": "same-site" }],
  ["an old browser on another site", { origin: "https://evil.example", host: "localhost:3000" }],
  ["nowhere", {}],
  ["an opaque origin", { origin: "null" }],
])("refuses a change that comes from %s", async (_, from) => {
  const { headers, csrf } = await signIn();
  for (const path of ["/staff/cases/K7-42M/claim", "/staff/sign-out", "/staff/sign-in"]) {
    const fields = { csrf, token: await linkToken("Anna") };
    const answer = await post(path, fields, { cookie: headers.cookie, ...from } as Record<string, string>);
    expect([path, answer.status]).toEqual([path, 403]);
  }
  const { rows } = await database.pool.query("SELECT status FROM case_file WHERE code = 'K7-42M'");
  expect(rows).toEqual([{ status: "open" }]);
});

test("takes a change of an old browser from its own page", async () => {
  const { headers, csrf } = await signIn();
  const from = { cookie: headers.cookie, origin: "http://localhost:3000" };
  expect((await post("/staff/sign-out", { csrf }, from)).status).toBe(303);
});

test("refuses a change without the value of its own session's forms", async () => {
  const [mine, other] = [await signIn(), await signIn("Berta")];
  for (const csrf of ["", "x", other.csrf]) {
    expect((await post("/staff/cases/K7-42M/claim", { csrf }, mine.headers)).status).toBe(403);
    expect((await post("/staff/sign-out", { csrf }, mine.headers)).status).toBe(403);
  }
});

test("loads a page again that was opened from another site, where the strict cookie is missing", async () => {
  const answer = await app.request("/staff/cases", { headers: { "sec-fetch-site": "cross-site" } });
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain(`http-equiv="refresh"`);
  const again = await app.request("/staff/cases", { headers: own });
  expect(await again.text()).not.toContain(`http-equiv="refresh"`);
});

test("ends a session for good when somebody signs out", async () => {
  const { headers, csrf } = await signIn();
  expect((await app.request("/staff/cases", { headers })).status).toBe(200);
  const answer = await post("/staff/sign-out", { csrf }, headers);
  expect(answer.headers.get("set-cookie")).toMatch(/^lotse_staff=;.*Max-Age=0/);
  expect((await app.request("/staff/cases", { headers })).status).toBe(401);
});

test("answers an address that tries many wrong links no more, and others still", async () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
  const attempt = (token: string, address: string) =>
    app.request(
      "/staff/sign-in",
      {
        method: "POST",
        body: new URLSearchParams({ token }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", ...own },
      },
      from(address),
    );
  const statuses = [];
  for (let n = 0; n < 12; n++) statuses.push((await attempt("wrong", "192.0.2.1")).status);
  expect(statuses).toEqual([...Array(10).fill(410), 429, 429]);
  expect((await attempt(await linkToken("Anna"), "192.0.2.1")).status).toBe(429);
  expect((await attempt(await linkToken("Anna"), "192.0.2.2")).status).toBe(303);
});

test("shows the list with what the team must see first", async () => {
  const { headers } = await signIn();
  await addCase(database.pool, { code: "PH-9RT", priority: "urgent", call: true, language: "ar", interpreter: "ku" });
  const page = await (await app.request("/staff/cases", { headers })).text();
  const row = page.slice(page.indexOf("case-PH-9RT"), page.indexOf("case-K7-42M"));
  for (const text of ["Rückruf gewünscht", "Delbrück", "Arabisch", "Dolmetschen: Kurdisch", "Leistungen, Sprache"]) {
    expect(row).toContain(text);
  }
  for (const text of ["Jobcenter Kreis Paderborn", "Dringend", "seit 1 min", "Übernehmen"]) expect(row).toContain(text);
  expect(page).toContain("Probebetrieb: bitte keine echten Daten");
  expect(page).toContain("Ukrainisch, Arabisch, Einfaches Deutsch");
});

test("leaves needs and offices out of the list where the place says so", async () => {
  const { headers } = await signIn();
  const place = { ...staff.given.place, rooms: { ...staff.given.place.rooms, page: "minimal" as const } };
  const strict = new Hono().route("/staff", createStaffPages({ ...staff.given, place }));
  const page = await (await strict.request("/staff/cases", { headers })).text();
  expect(page).toContain("PH-9RT");
  expect(page).not.toMatch(/Leistungen|Jobcenter/);
});

test("claims a case once, tells the other who has it, and asks the sender to look", async () => {
  await addCase(database.pool, { code: "CC-777" });
  const [anna, berta] = [await signIn("Anna"), await signIn("Berta")];
  const before = staff.woken.length;
  for (const { headers, csrf } of [anna, berta]) {
    const answer = await post("/staff/cases/CC-777/claim", { csrf }, headers);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/staff/cases/CC-777?claim"]);
  }
  expect(staff.woken.length).toBe(before + 1);
  const page = async (headers: Record<string, string>) =>
    (await app.request("/staff/cases/CC-777?claim", { headers })).text();
  expect(await page(anna.headers)).toContain("CC-777: Sie haben den Fall übernommen.");
  expect(await page(berta.headers)).toContain("CC-777: Anna hat den Fall schon übernommen");
  expect(await page(berta.headers)).toContain("Übernommen von Anna");
});

test("shows what people and platforms wrote as text, never as markup", async () => {
  const { headers, csrf } = await signIn(hostile);
  await addCase(database.pool, {
    code: "XX-222",
    answers: [
      { forWhom: "self", phone: "1" },
      { forWhom: "self", phone: hostile, interpreterLanguage: hostile },
    ],
    interpreter: hostile,
    talk: [
      [
        { type: "answered", question: "phone", answer: hostile },
        { type: "said", key: hostile, values: { a: hostile } },
      ],
    ],
  });
  await post("/staff/cases/XX-222/claim", { csrf }, headers);
  for (const path of ["/staff/cases/XX-222?claim", "/staff/cases?show=all", `/staff/cases?code=${hostile}`]) {
    const page = await (await app.request(path, { headers })).text();
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toMatch(/<script>|<img/);
  }
  const missing = await (await app.request(`/staff/cases/${encodeURIComponent(hostile)}`, { headers })).text();
  expect(missing).not.toMatch(/<script>|<img/);
});

test("finds a case by its code however it is typed", async () => {
  const { headers } = await signIn();
  const answer = await app.request("/staff/cases?code=%20k742m", { headers });
  expect(answer.headers.get("location")).toBe("/staff/cases/K7-42M");
  expect((await app.request("/staff/cases?code=nothing", { headers })).status).toBe(404);
  expect((await app.request("/staff/cases/K7-42W", { headers })).status).toBe(404);
});

test("gives the script the changing part of a page alone, without extending the session", async () => {
  const { headers } = await signIn();
  const part = await (await app.request("/staff/cases", { headers: { ...headers, "x-live": "1" } })).text();
  expect(part).toContain("K7-42M");
  expect(part).not.toContain("<html");
  await database.pool.query("UPDATE staff_session SET expires_at = now() + interval '1 hour'");
  const byItself = await app.request("/staff/cases", { headers: { ...headers, "x-live": "1" } });
  expect(byItself.headers.get("set-cookie")).toBeNull();
  expect((await app.request("/staff/cases", { headers })).headers.get("set-cookie")).toContain("Max-Age=43200");
});

test("streams a hint for each change, and forgets a page that was closed", async () => {
  const { headers } = await signIn();
  const answer = await app.request("/staff/events", { headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain("connected");
  expect(staff.listeners.size).toBe(1);
  for (const listener of staff.listeners) listener();
  expect((await reader?.read())?.value).toContain("cases");
  await reader?.cancel();
  await expect.poll(() => staff.listeners.size).toBe(0);
});

test("serves KERN from its package under an address that may be kept for good, and no other file", async () => {
  const page = await (await app.request("/staff/sign-in")).text();
  const style = page.match(/href="([^"]+kern.min.css)"/)?.[1] ?? "";
  const answer = await app.request(style, { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect((await answer.arrayBuffer()).byteLength).toBeLessThan(50_000);
  const etag = answer.headers.get("etag") ?? "";
  expect((await app.request(style, { headers: { "if-none-match": etag } })).status).toBe(304);
  const folder = style.replace("/kern.min.css", "");
  expect((await app.request(`${folder}/fonts/fira-sans/FiraSans-Regular.woff2`)).status).toBe(200);
  for (const path of ["/../package.json", "/%2e%2e/package.json", "/fonts/../../package.json", "/kern.css", "/"]) {
    expect((await app.request(folder + path)).status).not.toBe(200);
  }
});
