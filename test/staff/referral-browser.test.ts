import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffPages } from "../../src/staff/index.ts";
import { recordAgreement, toShownText } from "../../src/store/agreements.ts";
import { answerReferral } from "../../src/store/referral-answers.ts";
import { findBrowser, startBrowser } from "../bots/web/browser.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, linkFor, options, place } from "./stage.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executable = findBrowser();
const inBrowser = test.skipIf(!executable);
let database: TestDatabase;
let server: ServerType;
let browser: Browser;
let base: string;

beforeAll(async () => {
  if (!executable) return;
  database = await createDatabase();
  const staff = await options(database.pool);
  server = createAdaptorServer({ fetch: new Hono().route("/staff", createStaffPages(staff.given)).fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser(executable);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  await database?.drop();
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
    return (await axe.run()).violations;
  });
  return found.map(({ id }) => id);
}

const isWide = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

/** What a person's yes in the chat writes. */
async function sayYes(contactId: string, referral: string): Promise<void> {
  const client = await database.pool.connect();
  const path = "agreement.office:jobcenter" as const;
  const shown = place.legal[path]?.ar;
  const text = toShownText(path, shown?.version ?? "", "ar", shown?.text ?? "");
  const said = { purpose: "office" as const, recipient: "jobcenter", state: "given" as const };
  const how = { language: "ar", channel: "telegram", way: "press" as const, place: "kreis-paderborn", at: Date.now() };
  await recordAgreement(client, { contactId, ...said, text, ...how, data: ["needs", "paper"] });
  await answerReferral(client, contactId, referral, true);
  client.release();
}

inBrowser("is asked by keyboard, and the data sheet is readable on a phone and has no form in print", async () => {
  const code = "K7-42M";
  const answers = { forWhom: "self", needs: ["benefits", "housing"], where: "delbrueck", paper: "tolerated" } as const;
  const { id, contactId } = await addCase(database.pool, {
    ...{ code, claimedBy: "Anna", language: "ar" },
    answers: [{ ...answers, needs: [...answers.needs] }],
  });
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  await page.goto(base + (await linkFor(database.pool, "Anna")));
  await page.click("main button");
  await page.goto(`${base}/staff/cases/${code}`);
  await page.focus("#referral-new");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/referrals/new");
  expect(await violations(page)).toEqual([]);
  expect(await isWide(page)).toBe(false);
  await page.selectOption("#office", "jobcenter");
  for (const item of ["needs", "paper"]) {
    await page.focus(`#item-${item}`);
    await page.keyboard.press("Space");
  }
  await page.focus("form[action$=referrals] button");
  await page.keyboard.press("Enter");
  await page.waitForURL("**?referral=asked");
  expect(await violations(page)).toEqual([]);

  const { rows } = await database.pool.query(`SELECT id FROM referral WHERE case_id = $1`, [id]);
  await sayYes(contactId, rows[0].id);
  await page.reload();
  await page.click(`#sheet-${rows[0].id}`);
  await page.waitForURL("**/sheet");
  expect(await violations(page)).toEqual([]);
  expect(await isWide(page)).toBe(false);
  await page.setViewportSize({ width: 900, height: 1200 });
  await page.emulateMedia({ media: "print" });
  expect(await page.isVisible("form[action$=handed-over]")).toBe(false);
  expect(await page.isVisible(".staff-header")).toBe(false);
  expect(await page.isVisible(".staff-sheet")).toBe(true);
  await page.close();
});
