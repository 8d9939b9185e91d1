import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findBrowser, startBrowser } from "./browser.ts";
import { type Service, startService } from "./service.ts";
import { scriptedTalk } from "./talk.ts";

const executable = findBrowser();
if (!executable) process.stderr.write("The web chat's page is not tested: no Chromium (set CHROMIUM to its path)\n");

const patience = { timeout: 20_000 };

describe.skipIf(!executable)("the page of the web chat", () => {
  let browser: Browser;
  let service: Service;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser(executable ?? "");
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    problems.length = 0;
    service = await startService(scriptedTalk(), {
      legal: { imprint: "https://www.example.org/imprint" },
      trial: true,
    });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await service.stop();
  });

  const openContext = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
    context.on("weberror", (error) => problems.push(error.error().message));
    return context;
  };
  const open = async (options: BrowserContextOptions = {}, path = "/") =>
    visit(await (await openContext(options)).newPage(), path);
  const visit = async (page: Page, path = "/") => {
    // Violations of the content security policy come as messages of the console.
    page.on("console", (message) => {
      if (/security policy|trusted/i.test(message.text())) problems.push(message.text());
    });
    await page.goto(service.url + path);
    await page.locator("html[data-ready]").waitFor();
    return page;
  };
  const choice = (page: Page, name: string) => page.locator("#choices").getByRole("button", { name, exact: true });
  const press = (page: Page, name: string) => choice(page, name).click();
  const begin = async (page: Page, language = "English", first = "I need help") => {
    await page.locator("#languages").getByRole("button", { name: language, exact: true }).click();
    await choice(page, first).waitFor();
  };
  const bubbles = (page: Page) => page.locator("#log .bubble").allInnerTexts();
  const write = async (page: Page, words: string) => {
    await page.getByRole("textbox").fill(words);
    await page.getByRole("textbox").press("Enter");
  };
  const violations = async (page: Page) => {
    await page.evaluate(axe.source);
    const result = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
    return (result as axe.AxeResults).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
    );
  };

  test("leads from the choice of a language through a conversation, by mouse", async () => {
    const page = await open();
    await begin(page);
    expect(await page.locator("#start").isVisible()).toBe(false);
    await press(page, "I need help");
    await press(page, "Housing");
    await press(page, "Work");
    await choice(page, "Work").and(page.locator("[aria-pressed=true]")).waitFor();
    await press(page, "Done");
    await choice(page, "Yes").waitFor();
    expect(await bubbles(page)).toEqual([
      "Good morning. Which language?",
      "English",
      expect.stringContaining("I am Lotse"),
      "I need help",
      "2 of 9 · What is it about? You can choose several.",
      "Done",
      expect.stringContaining("Someone will write"),
    ]);
    expect(await page.locator("#log a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual(
      ["tel:05251000000", "tel:110", "tel:112", "https://www.example.org/help"],
    );
    expect(service.received.map(({ content }) => content)).toEqual([
      { type: "start" },
      { type: "words", text: "English" },
      { type: "press", data: "2:help", ref: "q2" },
      { type: "press", data: "3:+housing", ref: "q3" },
      { type: "press", data: "3:+work", ref: "q3" },
      { type: "press", data: "3:done", ref: "q3" },
    ]);
    expect(problems).toEqual([]);
  });

  test("works with the keyboard alone, and keeps the focus where the answers are", async () => {
    const page = await open();
    const focused = () => page.evaluate("document.activeElement.textContent");
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 30; steps++) {
        if ((await focused()) === name) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`the focus does not reach ${name}`);
    };
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the conversation");
    await page.keyboard.press("Enter");
    await tabTo("English");
    await page.keyboard.press("Enter");
    await expect.poll(focused, patience).toBe("I need help");
    await page.keyboard.press("Enter");
    await expect.poll(focused, patience).toBe("Money and benefits");
    await page.keyboard.press("Space");
    await choice(page, "Money and benefits").and(page.locator("[aria-pressed=true]")).waitFor();
    expect(await focused()).toBe("Money and benefits");
    await tabTo("Done");
    await page.keyboard.press("Enter");
    await expect.poll(focused, patience).toBe("Yes");
    await page.getByRole("textbox").focus();
    await page.keyboard.type("hello");
    await page.keyboard.press("Enter");
    await page.getByText("You wrote: hello").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("input");
    await tabTo("Menu");
    await tabTo("Urgent help");
  });

  test.each([
    ["light", "English", "I need help"],
    ["dark", "English", "I need help"],
    ["light", "العربية", "أحتاج إلى مساعدة"],
  ] as const)("gives axe nothing to find: %s, %s", async (colorScheme, language, first) => {
    const page = await open({ colorScheme, bypassCSP: true, locale: language === "English" ? "en" : "ar" });
    expect(await violations(page)).toEqual([]);
    await begin(page, language, first);
    expect(await violations(page)).toEqual([]);
    await press(page, first);
    await page.locator("#choices button").first().click();
    await page.locator("#choices [aria-pressed=true]").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator("#standing button").first().click();
    await page.getByText("This is only a test.").waitFor();
    await page.locator("#choices button").last().click();
    await page.locator("#log li").first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator("#about").click();
    await page.locator("#delete").click();
    expect(await violations(page)).toEqual([]);
  });

  test("keeps the conversation over a reload, and says nothing twice", async () => {
    const page = await open();
    await begin(page);
    await write(page, "Guten Tag <b>& so weiter</b>");
    await page.getByText("You wrote:").waitFor();
    const before = await bubbles(page);
    expect(before).toContain("Guten Tag <b>& so weiter</b>");
    await page.reload();
    await choice(page, "I need help").waitFor();
    expect(await bubbles(page)).toEqual(before);
    expect(service.received).toHaveLength(3);
    await press(page, "I need help");
    await choice(page, "Done").waitFor();
  });

  test("loses and doubles nothing on a lost connection", async () => {
    const page = await open();
    await begin(page);
    await page.context().setOffline(true);
    await write(page, "first");
    await write(page, "second");
    await page.getByText("No connection.").waitFor();
    expect(await page.getByText("Not sent yet").count()).toBe(2);
    await service.say(service.received[0]?.address ?? "", {
      ...{ language: "en", direction: "ltr", buttons: [], standing: [], links: [], multiple: false },
      text: "Meanwhile",
    });
    await page.context().setOffline(false);
    await page.getByText("You wrote: second").waitFor();
    await expect.poll(() => page.getByText("No connection.").count(), patience).toBe(0);
    const all = await bubbles(page);
    for (const words of ["first", "second", "Meanwhile", "You wrote: first", "You wrote: second"]) {
      expect(all.filter((text) => text === words)).toHaveLength(1);
    }
    expect(await page.getByText("Not sent yet").count()).toBe(0);
    expect(service.taken()).toHaveLength(4);
  });

  test("says a thing once when its answer was lost", async () => {
    const page = await open();
    await begin(page);
    let lost = 0;
    await page.route("**/chat/messages", async (route) => {
      if (route.request().method() !== "POST" || lost++ >= 2) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await write(page, "once");
    await page.getByText("You wrote: once").first().waitFor();
    await expect.poll(() => page.getByText("Not sent yet").count(), patience).toBe(0);
    expect((await bubbles(page)).filter((text) => text.endsWith("once"))).toEqual(["once", "You wrote: once"]);
    expect(service.received.filter(({ content }) => content.type === "words" && content.text === "once")).toHaveLength(
      3,
    );
  });

  test("shows what comes by itself, without a word of the person", async () => {
    const page = await open();
    await begin(page);
    await service.say(service.received[0]?.address ?? "", {
      ...{ language: "uk", direction: "ltr", buttons: [], standing: [], multiple: false },
      text: "Добрий день",
      links: [
        { label: "Show", url: "https://www.example.org/x" },
        { label: "Bad", url: "javascript:alert(1)" },
      ],
    });
    const bubble = page.locator("#log .bubble", { hasText: "Добрий день" });
    await bubble.waitFor();
    expect(await bubble.getAttribute("lang")).toBe("uk");
    expect(await bubble.getByRole("link").allInnerTexts()).toEqual(["Show"]);
    await expect.poll(() => page.locator("html").getAttribute("lang"), patience).toBe("uk");
    expect(await page.getByRole("textbox").getAttribute("placeholder")).toBe("Написати повідомлення");
  });

  test("keeps the tabs of one browser the same, and goes on in one when the other is closed", async () => {
    const context = await openContext();
    const first = await visit(await context.newPage());
    await begin(first);
    const second = await visit(await context.newPage());
    await choice(second, "I need help").waitFor();
    await press(second, "I need help");
    await choice(first, "Done").waitFor();
    expect(await bubbles(first)).toEqual(await bubbles(second));
    await first.close();
    await service.say(service.received[0]?.address ?? "", {
      ...{ language: "en", direction: "ltr", buttons: [], standing: [], links: [], multiple: false },
      text: "Still there?",
    });
    await second.getByText("Still there?").waitFor();
    expect(service.taken()).toHaveLength(3);
  });

  test("shows nothing of an earlier conversation before the person wants it", async () => {
    const context = await openContext();
    const first = await visit(await context.newPage());
    await begin(first);
    await first.close();
    const second = await visit(await context.newPage());
    await second.getByText("A conversation was begun on this device").waitFor();
    expect(await second.locator("#log .bubble").count()).toBe(0);
    await second.getByRole("button", { name: "Go on" }).click();
    await choice(second, "I need help").waitFor();
    expect(new Set(service.received.map(({ address }) => address)).size).toBe(1);
    await second.close();

    const third = await visit(await context.newPage());
    await third.getByRole("button", { name: "Begin anew" }).click();
    await begin(third);
    expect(new Set(service.received.map(({ address }) => address)).size).toBe(2);
  });

  test("leaves quickly: no page, no way back, nothing kept, in no tab", async () => {
    const context = await openContext();
    const first = await visit(await context.newPage());
    await begin(first);
    const second = await visit(await context.newPage());
    await choice(second, "I need help").waitFor();
    await first.getByRole("button", { name: "Leave quickly" }).click();
    await first.waitForURL("about:blank");
    await second.waitForURL("about:blank");
    await first.goBack();
    expect(first.url()).toBe("about:blank");
    await visit(first);
    expect(await first.evaluate("sessionStorage.length")).toBe(0);
    expect(await first.locator("#log .bubble").count()).toBe(0);
  });

  test("deletes the chat on this device", async () => {
    const page = await open();
    await begin(page);
    await page.getByRole("button", { name: "About this chat" }).click();
    await page.getByRole("button", { name: "Delete chat on this device" }).click();
    await page.getByRole("button", { name: "Yes, delete" }).click();
    await page.getByText("Which language would you like to write in?").waitFor();
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    expect(await page.getByText("A conversation was begun").isVisible()).toBe(false);
  });

  test("tells when a message is too long, and goes on", async () => {
    const page = await open();
    await begin(page);
    await write(page, "я".repeat(9_000));
    await page.getByText("This message is too long.").waitFor();
    await write(page, "short");
    await page.getByText("You wrote: short").waitFor();
  });

  test("hands a partner's code over with the start", async () => {
    const page = await open({}, "/?door=caritas");
    await begin(page);
    expect(service.received[0]?.content).toEqual({ type: "start", door: "caritas" });
  });

  test("runs from right to left in Arabic", async () => {
    const page = await open({ locale: "ar" });
    await begin(page, "العربية", "أحتاج إلى مساعدة");
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    const [bar, send, own] = await Promise.all(
      [page.locator("#leave"), page.locator("#composer button"), page.locator(".me .bubble").first()].map((part) =>
        part.boundingBox(),
      ),
    );
    const middle = (page.viewportSize()?.width ?? 0) / 2;
    for (const box of [bar, send, own]) expect((box?.x ?? middle) + (box?.width ?? 0)).toBeLessThan(middle);
  });

  test.each([
    [360, 16],
    [360, 32],
    [1280, 16],
  ])("fits %i pixels with letters of %i, its buttons large enough to be touched", async (width, letters) => {
    const page = await open({ viewport: { width, height: 640 }, hasTouch: true });
    const larger = `document.documentElement.style.fontSize = "${(letters / 16) * 106.25}%"`;
    await page.evaluate(larger);
    await begin(page);
    await press(page, "I need help");
    await choice(page, "Done").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    for (const button of await page.locator("button:visible, textarea").all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width).toBe(true);
    }
  });

  test("asks nothing of any other server", async () => {
    const context = await openContext();
    const hosts = new Set<string>();
    context.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await begin(await visit(await context.newPage()));
    expect([...hosts]).toEqual([service.url]);
  });
});
