import { describe, expect, test } from "vitest";
import { begin, choice, executable, patience, press, setStage, violations } from "./page-stage.ts";

describe.skipIf(!executable)("the page is for everybody", () => {
  const stage = setStage();

  test("works with the keyboard alone, and keeps the focus where the answers are", async () => {
    const page = await stage.open();
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
    const page = await stage.open({ colorScheme, bypassCSP: true, locale: language === "English" ? "en" : "ar" });
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

  test("runs from right to left in Arabic", async () => {
    const page = await stage.open({ locale: "ar" });
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
    const page = await stage.open({ viewport: { width, height: 640 }, hasTouch: true });
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
});
