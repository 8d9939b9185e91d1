import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRender } from "../../../src/conversation/render.ts";
import { loadPlace } from "../../../src/places.ts";
import { loadTexts } from "../../../src/texts.ts";
import { executable, setStage, violations } from "./page-stage.ts";
import { type Service, startService } from "./service.ts";

const texts = loadTexts();
const file = { name: "lotse.html", type: "text/html; charset=utf-8", data: Buffer.from("<p>Мої дані</p>") };

describe("a link to a file", () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService(() => ({}), {}, texts);
  });
  afterEach(() => service.stop());
  const open = (token: string, init?: RequestInit) => fetch(`${service.url}/file/${token}`, init);

  test("is used up by nobody who only looks at it, and works once", async () => {
    const token = service.files.put(file, "uk");
    for (const method of ["GET", "HEAD", "GET"]) expect((await open(token, { method })).status).toBe(200);
    const response = await open(token, { method: "POST" });
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="lotse.html"`);
    expect(response.headers.get("content-type")).toBe(file.type);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toBe("<p>Мої дані</p>");
    for (const method of ["GET", "POST"]) {
      const again = await open(token, { method });
      expect(again.status).toBe(410);
      expect(await again.text()).toContain(texts.text("uk", "file.over"));
    }
  });

  test.each(["x", "x".repeat(43), "..%2f..%2fetc", `${"x".repeat(43)}?a=1`])("%s is none", async (token) => {
    const response = await open(token, { headers: { "accept-language": "ar" } });
    expect(response.status).toBe(410);
    expect(await response.text()).toMatch(/<html lang="ar" dir="rtl">/);
  });

  test("keeps the page behind it out of caches, frames and referrers", async () => {
    const { headers } = await open(service.files.put(file, "de"));
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|script/);
  });

  test("says to try again while the database is away, and loses nothing", async () => {
    const token = service.files.put(file, "de");
    const { look } = service.files;
    service.files.look = async () => {
      throw new Error("the database is away");
    };
    expect((await open(token, { method: "POST" })).status).toBe(503);
    service.files.look = look;
    expect((await open(token, { method: "POST" })).status).toBe(200);
  });
});

describe.skipIf(!executable)("the page behind a link to a file", () => {
  const stage = setStage(texts);

  test.each(["uk", "ar"])("gives the file by its button, once, without a script, in %s", async (language) => {
    const context = await stage.openContext({ acceptDownloads: true, viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${stage.service.url}/file/${stage.service.files.put(file, language)}`);
    expect(await page.locator("html").getAttribute("lang")).toBe(language);
    const button = page.getByRole("button", { name: texts.text(language, "file.button") });
    const [download] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]);
    expect(download.suggestedFilename()).toBe("lotse.html");
    expect(await readFile(await download.path(), "utf8")).toBe("<p>Мої дані</p>");
    await button.click();
    await page.getByText(texts.text(language, "file.over")).waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(stage.problems).toEqual([]);
  });

  test("has nothing that axe finds wrong", async () => {
    const page = await (await stage.openContext({ bypassCSP: true })).newPage();
    await page.goto(`${stage.service.url}/file/${stage.service.files.put(file, "ar")}`);
    expect(await violations(page)).toEqual([]);
  });

  test("is led to from a message in the chat", async () => {
    const page = await stage.open();
    await page.locator("#languages").getByRole("button", { name: "English", exact: true }).click();
    await page.locator("#choices").getByRole("button").first().waitFor();
    const token = stage.service.files.put(file, "en");
    const render = createRender({ texts, place: loadPlace("kreis-paderborn"), publicUrl: stage.service.url });
    const prompt = { key: "data.file.page", values: { context: "link", hours: 24 } };
    const message = render({ type: "file", file: "1", prompt, language: "en", token });
    await stage.service.say(stage.service.received[0]?.address ?? "", message);
    const link = page.locator("#log").getByRole("link", { name: "Open the file" });
    const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
    await opened.getByRole("button", { name: "Download the file" }).waitFor();
    expect(await opened.evaluate("document.referrer")).toBe("");
  });
});
