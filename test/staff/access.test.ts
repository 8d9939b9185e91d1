import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Permission, permissions } from "../../src/domain/permission.ts";
import type { Role } from "../../src/domain/staff.ts";
import { type Access, access } from "../../src/staff/access.ts";
import { createStaffPages } from "../../src/staff/index.ts";
import { commands } from "../../src/staff-commands.ts";
import { setAbsence } from "../../src/store/absence.ts";
import { endStaff } from "../../src/store/staff.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, addColleague, keyringOf, linkFor, options } from "./stage.ts";

/** Everybody who asks, and what they may use. Named one by one, so that a change of the rules shows here. */
const people: { [name: string]: { roles: Role[]; team: string | null; may: Permission[] } } = {
  manager: { roles: ["case_manager"], team: "nord", may: ["self", "cases"] },
  coordinator: { roles: ["coordinator"], team: "koordination", may: ["self", "figures"] },
  abh: { roles: ["abh"], team: null, may: ["self", "campaigns"] },
  ebh: { roles: ["ebh"], team: "nord", may: ["self", "campaigns"] },
  both: { roles: ["abh", "ebh"], team: null, may: ["self", "campaigns"] },
  administrator: { roles: ["administrator"], team: "nord", may: ["self", "people", "settings", "readings"] },
  first: {
    roles: ["administrator", "case_manager"],
    team: "nord",
    may: ["self", "cases", "people", "settings", "readings"],
  },
  // Nobody can be entered like this; what people are told of the authority holds all the same.
  broken: { roles: ["abh", "case_manager"], team: "nord", may: ["self", "campaigns"] },
};
const own = { "sec-fetch-site": "same-origin" };
const code = "K7-42M";
/** Of the case: its code, its answers, whom it belongs to, and what was said. */
const secrets = [code, "01705550123", "Xyzzyworte", "Dringliches", "chat-4711"];

let database: TestDatabase;
let staff: Awaited<ReturnType<typeof options>>;
let app: Hono;
let colleague: string;

beforeAll(async () => {
  database = await createDatabase();
  staff = await options(database.pool);
  app = new Hono().route("/staff", createStaffPages(staff.given));
  const { id, contactId } = await addCase(database.pool, {
    code,
    answers: [{ forWhom: "self", needs: ["benefits"], phone: "01705550123", interpreterLanguage: "Xyzzyworte" }],
    talk: [[{ type: "answered", question: "phone", answer: "Dringliches" }]],
  });
  secrets.push(id, contactId);
  for (let n = 0; n < 6; n++) await addCase(database.pool, { code: `CC-22${n + 2}` });
  await database.pool.query("UPDATE case_file SET submitted_at = now() - interval '2 days'");
  colleague = await addColleague(database.pool, "Zeynep", { roles: ["case_manager", "administrator"], team: "nord" });
  await get("manager", `/staff/cases/${code}`);
});

afterAll(() => database.drop());

async function signIn(name: string) {
  const link = await linkFor(database.pool, name, people[name]);
  const token = new URL(link, "http://localhost").searchParams.get("token") ?? "";
  const form = { "content-type": "application/x-www-form-urlencoded", ...own };
  const body = new URLSearchParams({ token }).toString();
  const answer = await app.request("/staff/sign-in", { method: "POST", body, headers: form });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const page = await (await app.request("/staff/nothing", { headers: { cookie } })).text();
  return { headers: { cookie, ...form }, csrf: page.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "" };
}

async function get(name: string, path: string) {
  const { headers } = await signIn(name);
  return app.request(path, { headers });
}

/** Everything that is answered behind the sign-in, as the app itself knows it. */
function routes(): string[] {
  const open = /^\/staff\/(sign-in|first|assets\/)/;
  const all = (app.routes as { method: string; path: string }[])
    .filter(({ method, path }) => !(method === "ALL" && path === "/staff/*") && !open.test(path))
    .map(({ method, path }) => `${method} ${path.replace("/staff", "") || "/"}`);
  return [...new Set(all)];
}

const permissionOf = (needed: Access | undefined) => (typeof needed === "object" ? "cases" : needed);

test("has a rule for every route, and no rule without a route", () => {
  expect(routes().filter((route) => access[route] === undefined)).toEqual([]);
  expect(Object.keys(access).filter((route) => !routes().includes(route))).toEqual([]);
  expect(routes().length).toBeGreaterThan(15);
});

test("asks of every route to a case who may see this case, and says of each page which parts it shows", () => {
  const toCases = routes().filter((route) => route.includes("/cases/"));
  expect(toCases.filter((route) => typeof access[route] !== "object")).toEqual([]);
  const pages = toCases.filter((route) => route.startsWith("GET"));
  expect(pages.filter((route) => (access[route] as { reads: string[] }).reads.length === 0)).toEqual([]);
});

test.each(Object.keys(people))(
  "answers %s on every route by their roles, and tells only case managers of cases",
  async (name) => {
    const { may = [], roles } = people[name] ?? {};
    const tells: string[] = [];
    for (const route of routes()) {
      const [method = "", path = ""] = route.split(" ");
      const { headers, csrf } = await signIn(name);
      const url = `/staff${path === "/" ? "" : path}`.replace(":code", code).replace(/:\w+/, colleague);
      const body = method === "GET" ? null : new URLSearchParams({ csrf }).toString();
      const answer = await app.request(url, { method, headers, ...(body !== null && { body }) });
      const text = await textOf(answer);
      const permission = permissionOf(access[route]);
      const isAllowed = permission !== undefined && may.includes(permission);
      expect([route, answer.status === 403, answer.status < 500]).toEqual([route, !isAllowed, true]);
      if (!isAllowed) expect(text).toContain("Kein Zugang");
      const told = secrets.filter(
        (secret) => text.includes(secret) || (answer.headers.get("location") ?? "").includes(secret),
      );
      if (!may.includes("cases")) expect([route, told]).toEqual([route, []]);
      tells.push(...told);
    }
    if (may.includes("cases")) expect(tells).toEqual(expect.arrayContaining(secrets.slice(0, 4)));
    expect(roles?.some((role) => role === "abh" || role === "ebh") && may.includes("cases")).not.toBe(true);
  },
  60_000,
);

test("refuses a code in the address, in a form and in a search to whoever may not see cases", async () => {
  for (const name of ["coordinator", "abh", "ebh", "administrator"]) {
    for (const path of [`/staff/cases?code=${code}`, `/staff/cases/${code}?claim`, `/staff/readings?code=${code}`]) {
      const text = await textOf(await get(name, path));
      expect([name, path, secrets.filter((secret) => text.includes(secret))]).toEqual([name, path, []]);
    }
  }
});

test("refuses a route that nobody has given a rule", async () => {
  const pages = createStaffPages(staff.given);
  const { headers } = await signIn("first");
  const strange = new Hono().route("/staff", pages).get("/staff/cases/:code/strange", (context) => context.text(code));
  const answer = await strange.request(`/staff/cases/${code}/strange`, { headers });
  expect([answer.status, (await answer.text()).includes(code)]).toEqual([403, false]);
});

test("refuses a case of another team, until it is covered, handed over, or nobody is there for it", async () => {
  await addCase(database.pool, { code: "TT-777" });
  const { pool } = database;
  people.other = { roles: ["case_manager"], team: "stadt", may: [] };
  people.central = { roles: ["case_manager"], team: "koordination", may: [] };
  const sees = async (name: string) => {
    const page = await get(name, "/staff/cases/TT-777");
    const list = await (await get(name, "/staff/cases?show=all")).text();
    // The list and the page must agree.
    expect([name, list.includes("TT-777")]).toEqual([name, page.status === 200]);
    if (page.status !== 200) expect(await page.text()).not.toContain("TT-777");
    return page.status;
  };
  expect([await sees("manager"), await sees("other"), await sees("central")]).toEqual([200, 403, 403]);

  const [manager, other] = [await addColleague(pool, "manager"), await addColleague(pool, "other")];
  await pool.query("UPDATE case_file SET claimed_by_id = $1, status = 'claimed' WHERE code = 'TT-777'", [
    `staff:${manager}`,
  ]);
  await setAbsence(pool, manager, { from: "2020-01-01", until: null, coverId: other });
  expect(await sees("other")).toBe(200);
  await setAbsence(pool, manager, { from: "2020-01-01", until: "2020-01-02", coverId: other });
  expect(await sees("other")).toBe(403);

  await pool.query("UPDATE case_file SET contact_person_id = $1 WHERE code = 'TT-777'", [other]);
  expect(await sees("other")).toBe(200);
  await pool.query("UPDATE case_file SET contact_person_id = NULL, claimed_by_id = $1 WHERE code = 'TT-777'", [
    `staff:${other}`,
  ]);
  expect(await sees("other")).toBe(200);

  await pool.query("UPDATE case_file SET team = 'west' WHERE code = 'TT-777'");
  expect([await sees("manager"), await sees("central")]).toEqual([403, 200]);
});

test("tells nobody of changes whose access was ended while the page was open", async () => {
  const { headers } = await signIn("leaving");
  const answer = await app.request("/staff/events", { headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain("connected");
  await endStaff(database.pool, await addColleague(database.pool, "leaving"));
  for (const listener of staff.listeners) listener();
  expect((await reader?.read())?.done).toBe(true);
  expect((await app.request("/staff/cases", { headers })).status).toBe(401);
});

test("tells nothing of cases by a command", async () => {
  const ground = { ...staff.given, keyring: await keyringOf(database.pool), now: new Date() };
  const words: { [command: string]: string[] } = {
    add: ["Neu", "--roles", "abh"],
    change: ["Zeynep", "--share", "50"],
    absent: ["Zeynep", "--back"],
    list: [],
  };
  for (const [name, command] of Object.entries(commands)) {
    const lines = (await command(ground, words[name] ?? [name === "end" ? "Neu" : "Zeynep"])).join("\n");
    expect([name, secrets.filter((secret) => lines.includes(secret))]).toEqual([name, []]);
  }
});

test("names every permission", () => {
  expect(new Set(Object.values(people).flatMap(({ may }) => may))).toEqual(new Set(permissions));
});

/** An answer's text; of a stream that stays open, its first words. */
async function textOf(answer: Response): Promise<string> {
  if (!answer.headers.get("content-type")?.includes("event-stream")) return answer.text();
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return first?.value ?? "";
}
