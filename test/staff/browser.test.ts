import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffDetails } from "../../src/domain/staff.ts";
import { createStaffPages } from "../../src/staff/index.ts";
import { makeFirstLink } from "../../src/store/staff-sessions.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, addColleague, linkFor, options } from "./stage.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let database: TestDatabase;
let server: ServerType;
let browser: Browser;
let base: string;
let staff: Awaited<ReturnType<typeof options>>;

const executable = findBrowser();
const inBrowser = test.skipIf(!executable);

beforeAll(async () => {
  if (!executable) return;
  database = await createDatabase();
  staff = await options(database.pool);
  const app = new Hono().route("/staff", createStaffPages(staff.given));
  server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser(executable);
  await addCase(database.pool, { code: "K7-42M", answers: [{ forWhom: "self" }, { forWhom: "self", age: "27to66" }] });
  await addCase(database.pool, {
    code: "PH-9RT",
    priority: "urgent",
    call: true,
    language: "ar",
    talk: [[{ type: "said", key: "hello" }], [{ type: "answered", question: "phone", answer: "هاتفي 0170" }]],
  });
  await addCase(database.pool, {
    code: "TT-222",
    claimedBy: "Anna",
    language: "ar",
    conversation: { quiet: true },
    talk: [
      [{ type: "staff", by: "Anna", words: { type: "free", text: "Guten Tag", language: "de" } }],
      [{ type: "wrote", text: "شكرا جزيلا" }],
    ],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await database?.drop();
});

async function signIn(page: Page, name = "Anna", given: Partial<StaffDetails> = {}): Promise<void> {
  await page.goto(base + (await linkFor(database.pool, name, given)));
  await page.click("main button");
  await page.waitForURL(/\/staff\/(cases|campaigns)$/);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes?: { target: unknown }[] }[] }> };
    };
    return (await axe.run()).violations;
  });
  return found.map(({ id, nodes }) => `${id} ${JSON.stringify((nodes ?? []).map((n) => n.target))}`);
}

async function withPage(use: (page: Page, context: BrowserContext) => Promise<void>, given = {}): Promise<void> {
  const context = await browser.newContext(given);
  try {
    await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

inBrowser.each([
  ["a desk", { viewport: { width: 1280, height: 800 } }],
  ["a desk in the dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
  ["a phone", { viewport: { width: 320, height: 640 } }],
])(
  "passes axe, needs nothing from elsewhere and is no wider than the screen at %s",
  async (_, given) => {
    await withPage(async (page) => {
      const foreign: string[] = [];
      const errors: string[] = [];
      page.on("request", (request) => void (request.url().startsWith(base) || foreign.push(request.url())));
      page.on("pageerror", (error) => void errors.push(error.message));
      await signIn(page);
      for (const path of [
        "/staff/cases?show=all",
        "/staff/cases/PH-9RT",
        "/staff/cases/K7-42M",
        "/staff/cases/TT-222",
        "/staff/cases/TT-222/talk?message=course_place",
        "/staff/sign-in",
        "/staff/x",
      ]) {
        await page.goto(base + path);
        expect([path, await violations(page)]).toEqual([path, []]);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        expect(overflow).toBeLessThanOrEqual(0);
      }
      expect(foreign.filter((url) => !url.startsWith("data:"))).toEqual([]);
      expect(errors).toEqual([]);
    }, given);
  },
  60_000,
);

inBrowser.each([
  ["a desk", { viewport: { width: 1280, height: 800 } }],
  ["a desk in the dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
  ["a phone", { viewport: { width: 320, height: 640 } }],
])(
  "passes axe on the pages of every role, and none is wider than the screen at %s",
  async (_, given) => {
    const id = await addColleague(database.pool, "Vera", { roles: ["case_manager", "coordinator", "administrator"] });
    await database.pool.query("UPDATE staff SET absent_from = '2026-01-01' WHERE id = $1", [id]);
    const pages = ["people", "people/new", `people/${id}`, "settings", "readings", "figures", "me"];
    const check = async (page: Page, path: string) => {
      await page.goto(`${base}/staff/${path}`);
      expect([path, await violations(page)]).toEqual([path, []]);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await withPage(async (page) => {
      await signIn(page, "Vera");
      await page.goto(`${base}/staff/cases/K7-42M`);
      for (const path of pages) await check(page, path);
      await page.goto(`${base}/staff/readings`);
      expect(await page.textContent("tbody tr")).toMatch(/Vera\s+(Angaben|Vorschläge|Gespräch)/);
      await page.goto(`${base}/staff/people/${id}`);
      await page.click("#make-link");
      expect(await page.inputValue("#link")).toMatch(/^http:\/\/localhost:3000\/staff\/sign-in\?token=/);
      expect(await violations(page)).toEqual([]);
    }, given);
    await withPage(async (page) => {
      await signIn(page, "Abh", { roles: ["abh"], team: null });
      for (const path of ["campaigns", "cases"]) await check(page, path);
    }, given);
    await withPage(async (page) => {
      await database.pool.query("UPDATE staff SET roles = array_remove(roles, 'administrator')");
      await page.goto(base + (await makeFirstLink(database.pool, 60)));
      await database.pool.query("UPDATE staff SET roles = array_append(roles, 'administrator') WHERE name = 'Vera'");
      expect(await page.textContent("h1")).toBe("Erste Person anlegen");
      expect(await violations(page)).toEqual([]);
    }, given);
  },
  60_000,
);

inBrowser("brings new cases in by itself, says so once, and leaves the focus where it was", async () => {
  await withPage(async (page) => {
    await signIn(page);
    await expect.poll(() => staff.listeners.size).toBeGreaterThan(0);
    await page.focus("#case-K7-42M");
    await addCase(database.pool, { code: "NN-333", priority: "urgent" });
    staff.given.changed([]);
    await page.waitForSelector("#case-NN-333");
    expect(await page.evaluate("document.activeElement.id")).toBe("case-K7-42M");
    expect(await page.textContent("#news")).toBe("Die Liste hat sich geändert");
  });
});

inBrowser("moves the focus to the case when the button under it is gone", async () => {
  await withPage(async (page) => {
    await addCase(database.pool, { code: "NN-444" });
    await signIn(page);
    await expect.poll(() => staff.listeners.size).toBeGreaterThan(0);
    await page.goto(`${base}/staff/cases?show=all`);
    await page.focus("#claim-NN-444");
    await database.pool.query("UPDATE case_file SET status = 'claimed', claimed_by = 'Berta' WHERE code = 'NN-444'");
    await expect
      .poll(async () => {
        staff.given.changed([]);
        return page.textContent("tr:has(#case-NN-444)");
      })
      .toContain("Übernommen von Berta");
    expect(await page.evaluate("document.activeElement.id")).toBe("case-NN-444");
  });
});

inBrowser("works by keyboard alone, from the sign-in to a claimed case", async () => {
  await addCase(database.pool, { code: "NN-666", priority: "urgent", age: 10_000 });
  await withPage(async (page) => {
    await page.goto(base + (await linkFor(database.pool, "Anna")));
    const press = async (id: string) => {
      for (let n = 0; n < 40; n++) {
        if ((await page.evaluate("document.activeElement.id || document.activeElement.textContent")) === id) break;
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
    };
    await press("Anmelden");
    await page.waitForURL("**/staff/cases");
    await press("case-NN-666");
    await page.waitForURL("**/staff/cases/NN-666");
    await press("claim-NN-666");
    await page.waitForURL("**/staff/cases/NN-666?claim");
    expect(await page.textContent("[role=status].kern-alert")).toContain("Sie haben den Fall übernommen.");
  });
});

inBrowser("works without the script", async () => {
  await addCase(database.pool, { code: "NN-777" });
  await withPage(
    async (page) => {
      await signIn(page);
      await page.click("#claim-NN-777");
      await page.waitForURL("**/staff/cases/NN-777?claim");
      await page.click("header button");
      await page.waitForURL("**/staff/sign-in");
    },
    { javaScriptEnabled: false },
  );
});

inBrowser("opens from a link on another site though the cookie is strict", async () => {
  await withPage(async (page) => {
    await signIn(page);
    await page.goto(`data:text/html,<a href="${base}/staff/cases/K7-42M">go</a>`);
    await page.click("a");
    await page.waitForSelector("#claim-K7-42M");
  });
});

inBrowser("keeps what is being typed, and the focus in it, when the case changes meanwhile", async () => {
  await withPage(async (page) => {
    await signIn(page);
    await page.goto(`${base}/staff/cases/TT-222`);
    await page.focus("#write-text");
    await page.keyboard.type("Guten");
    await database.pool.query(`INSERT INTO case_event (case_id, at, kind) SELECT id, now(), 'changed' FROM case_file
      WHERE code = 'TT-222'`);
    staff.given.changed([]);
    await page.getByText("Neue Angaben gesendet").waitFor();
    await page.keyboard.type(" Tag");
    expect(await page.inputValue("#write-text")).toBe("Guten Tag");
  });
});

inBrowser("lets a message be prepared, looked at in both languages and sent, by the keyboard alone", async () => {
  await withPage(async (page) => {
    await signIn(page);
    await page.goto(`${base}/staff/cases/TT-222`);
    await page.focus("#write-message");
    await page.keyboard.type("Unterlagen m");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/talk?message=bring_papers");
    await page.focus("#write-what");
    await page.keyboard.type("Pass, Mietvertrag");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".staff-preview");
    expect(await page.textContent(".staff-previews")).toMatch(
      /Pass, Mietvertrag.*Bitte bringen Sie diese Unterlagen mit/s,
    );
    expect(await violations(page)).toEqual([]);
    await page.click('button[value="send"]');
    await page.waitForURL("**/staff/cases/TT-222?talk=sent#talk");
    expect(await page.textContent("#live")).toContain("Pass, Mietvertrag");
  });
});
