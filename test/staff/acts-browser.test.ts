import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../bots/web/browser.ts";
import { type BrowserStage, faultsOf, setBrowserStage } from "./browser-stage.ts";
import { addCase, addColleague, jobcenterProposal } from "./stage.ts";

const executable = findBrowser();
const inBrowser = test.skipIf(!executable);
const rule = jobcenterProposal.rule;

let stage: BrowserStage;
const pages: Page[] = [];

beforeAll(async () => {
  if (!executable) return;
  stage = await setBrowserStage(executable);
  await addColleague(stage.database.pool, "Berta");
}, 60_000);

afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close();
});

afterAll(() => stage?.close());

async function open(name: string, path: string, given = {}): Promise<Page> {
  const page = await stage.signedIn(name, given);
  pages.push(page);
  await page.goto(`${stage.base}/staff/cases/${path}`);
  return page;
}

async function unfold(page: Page, act: string): Promise<void> {
  await page.click(`#fold-${act} summary`);
}

async function history(code: string): Promise<string[]> {
  const { rows } = await stage.database.pool.query(
    "SELECT kind FROM case_event e JOIN case_file f ON f.id = e.case_id WHERE code = $1 ORDER BY e.at",
    [code],
  );
  return rows.map(({ kind }) => kind);
}

inBrowser("loses no act of two browsers on one case: the later one is told and can send it again", async () => {
  await addCase(stage.database.pool, { code: "CC-222", claimedBy: "Anna" });
  // Without the pages' hints, as if both pressed at the same moment.
  const [one, two] = await Promise.all([open("Anna", "CC-222"), open("Anna", "CC-222")]);
  await unfold(two, "act-close");
  await two.selectOption("#act-close-outcome", "accompanied");
  await two.fill("#act-close-words", "Ziele erreicht");
  await one.selectOption("#act-stage-stage", "evaluation");
  await one.click("#act-stage-button");
  await one.waitForURL("**/CC-222?done=stage");
  await two.click("#act-close-button");
  await two.waitForSelector("#act-result");
  expect(await two.textContent("#act-result")).toContain("Schritt: Evaluation (Anna)");
  expect(await two.evaluate("document.activeElement.id")).toBe("act-result");
  expect(await two.inputValue("#act-close-words")).toBe("Ziele erreicht");
  await two.click("#act-close-button");
  await two.waitForURL("**/CC-222?done=close");
  expect(await history("CC-222")).toEqual(["submitted", "stage", "closed"]);
});

inBrowser("leaves what is being typed, what is open and the cursor alone when the case changes", async () => {
  const { id } = await addCase(stage.database.pool, { code: "CC-333", claimedBy: "Anna" });
  const page = await open("Anna", "CC-333");
  await expect.poll(() => stage.staff.listeners.size).toBeGreaterThan(0);
  await unfold(page, "act-handBack");
  await page.fill("#act-handBack-reason", "Ich bin krank");
  await page.focus("#act-handBack-reason");
  await page.evaluate("document.activeElement.setSelectionRange(4, 7)");
  await page.selectOption("#act-stage-stage", "intake");
  await page.focus("#act-handBack-reason");
  await stage.database.pool.query(
    "INSERT INTO case_event (case_id, version, at, kind) VALUES ($1, 2, now(), 'call_asked')",
    [id],
  );
  await stage.database.pool.query("UPDATE case_file SET version = 2, call_asked_at = now() WHERE id = $1", [id]);
  stage.staff.given.changed([]);
  await page.waitForSelector("#live .kern-badge--danger");
  expect(await page.inputValue("#act-handBack-reason")).toBe("Ich bin krank");
  expect(await page.inputValue("#act-stage-stage")).toBe("intake");
  expect(await page.getAttribute("#fold-act-handBack", "open")).not.toBeNull();
  const cursor =
    "[document.activeElement.id, document.activeElement.selectionStart, document.activeElement.selectionEnd]";
  expect(await page.evaluate(cursor)).toEqual(["act-handBack-reason", 4, 7]);
  // What was not touched is as the server has it now; what was typed still says which case its writer saw.
  expect(await page.inputValue("#act-close [name=version]")).toBe("2");
  expect(await page.inputValue("#act-handBack [name=version]")).toBe("1");
});

inBrowser("keeps what was typed in view even when its form is gone", async () => {
  await addCase(stage.database.pool, { code: "CC-444", claimedBy: "Anna" });
  const page = await open("Anna", "CC-444");
  await expect.poll(() => stage.staff.listeners.size).toBeGreaterThan(0);
  await unfold(page, "act-close");
  await page.fill("#act-close-words", "wichtig");
  const other = await open("Berta", "CC-444");
  await unfold(other, "act-handOver");
  await other.selectOption("#act-handOver-to", { label: "Berta" });
  await other.click("#act-handOver-button");
  await page.waitForSelector(".staff-kept");
  expect(await page.textContent(".staff-kept")).toContain("Was Sie hier geschrieben haben, ist noch da.");
  expect(await page.inputValue(".staff-kept textarea")).toBe("wichtig");
});

inBrowser.each([
  ["a desk", "TT-222", { viewport: { width: 1280, height: 800 } }],
  ["a desk in the dark", "TT-333", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" as const }],
  ["a phone", "TT-444", { viewport: { width: 320, height: 640 } }],
])(
  "passes axe and is no wider than the screen at %s, with everything open, after a fault and on paper",
  async (_, code, given) => {
    const versions = [{ forWhom: "self" as const }, { forWhom: "self" as const, age: "27to66" as const }];
    await addCase(stage.database.pool, { code, claimedBy: "Anna", language: "ar", answers: versions });
    const page = await open("Anna", code, given);
    await page.click(`#act-decide-${rule}-confirm-button`);
    await page.waitForURL("**?done=decide");
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await faultsOf(page)).toEqual([]);
    await page.evaluate("document.querySelector('#act-close-outcome').required = false");
    await page.click("#act-close-button");
    await page.waitForSelector(".kern-error");
    expect(await faultsOf(page)).toEqual([]);
    await page.click(`#tell-${rule}`);
    await page.waitForSelector(".staff-message");
    expect(await faultsOf(page)).toEqual([]);
    await page.goto(`${stage.base}/staff/cases/${code}/print/agreement`);
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await page.isVisible(".staff-header")).toBe(false);
    expect(await page.isVisible("#print")).toBe(false);
    expect(await page.isVisible(".staff-print__lines")).toBe(true);
  },
  60_000,
);

inBrowser("works by keyboard, and without the script", async () => {
  await addCase(stage.database.pool, { code: "CC-777", claimedBy: "Anna" });
  const page = await open("Anna", "CC-777", { javaScriptEnabled: false });
  await page.focus("#fold-act-handBack summary");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("bis bald");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/CC-777?done=handBack");
  expect(await page.textContent(".staff-history")).toContain("„bis bald“");
});
