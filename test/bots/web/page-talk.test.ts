import { describe, expect, test } from "vitest";
import { begin, bubbles, choice, executable, patience, press, setStage, write } from "./page-stage.ts";

describe.skipIf(!executable)("the page leads a conversation", () => {
  const stage = setStage();

  test("leads from the choice of a language through a conversation, by mouse", async () => {
    const page = await stage.open();
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
    expect(stage.service.received.map(({ content }) => content)).toEqual([
      { type: "start" },
      { type: "words", text: "English" },
      { type: "press", data: "2:help", ref: "q2" },
      { type: "press", data: "3:+housing", ref: "q3" },
      { type: "press", data: "3:+work", ref: "q3" },
      { type: "press", data: "3:done", ref: "q3" },
    ]);
    expect(stage.problems).toEqual([]);
  });

  test("shows what comes by itself, without a word of the person", async () => {
    const page = await stage.open();
    await begin(page);
    await stage.service.say(stage.service.received[0]?.address ?? "", {
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

  test("tells when a message is too long, and goes on", async () => {
    const page = await stage.open();
    await begin(page);
    await write(page, "я".repeat(9_000));
    await page.getByText("This message is too long.").waitFor();
    expect((await bubbles(page)).at(-1)).toBe(`${"я".repeat(300)} …`);
    await write(page, "short");
    await page.getByText("You wrote: short").waitFor();
  });

  test("hands a partner's code over with the start", async () => {
    const page = await stage.open({}, "/?door=caritas");
    await begin(page);
    expect(stage.service.received[0]?.content).toEqual({ type: "start", door: "caritas" });
  });

  test("asks nothing of any other server", async () => {
    const context = await stage.openContext();
    const hosts = new Set<string>();
    context.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await begin(await stage.visit(await context.newPage()));
    expect([...hosts]).toEqual([stage.service.url]);
  });
});
