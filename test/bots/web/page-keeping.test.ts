import { describe, expect, test } from "vitest";
import { begin, bubbles, choice, executable, patience, press, setStage, write } from "./page-stage.ts";

describe.skipIf(!executable)("the page keeps what it must, and nothing else", () => {
  const stage = setStage();

  test("keeps the conversation over a reload, and says nothing twice", async () => {
    const page = await stage.open();
    await begin(page);
    await write(page, "Guten Tag <b>& so weiter</b>");
    await page.getByText("You wrote:").waitFor();
    const before = await bubbles(page);
    expect(before).toContain("Guten Tag <b>& so weiter</b>");
    await page.reload();
    await choice(page, "I need help").waitFor();
    expect(await bubbles(page)).toEqual(before);
    expect(stage.service.received).toHaveLength(3);
    await press(page, "I need help");
    await choice(page, "Done").waitFor();
  });

  test("loses and doubles nothing on a lost connection", async () => {
    const page = await stage.open();
    await begin(page);
    await page.context().setOffline(true);
    await write(page, "first");
    await write(page, "second");
    await page.getByText("No connection.").waitFor();
    expect(await page.getByText("Not sent yet").count()).toBe(2);
    await stage.service.say(stage.service.received[0]?.address ?? "", {
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
    expect(stage.service.taken()).toHaveLength(4);
  });

  test("says a thing once when its answer was lost", async () => {
    const page = await stage.open();
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
    expect(
      stage.service.received.filter(({ content }) => content.type === "words" && content.text === "once"),
    ).toHaveLength(3);
  });

  test("keeps the tabs of one browser the same, and goes on in one when the other is closed", async () => {
    const context = await stage.openContext();
    const first = await stage.visit(await context.newPage());
    await begin(first);
    const second = await stage.visit(await context.newPage());
    await choice(second, "I need help").waitFor();
    await press(second, "I need help");
    await choice(first, "Done").waitFor();
    expect(await bubbles(first)).toEqual(await bubbles(second));
    await first.close();
    await stage.service.say(stage.service.received[0]?.address ?? "", {
      ...{ language: "en", direction: "ltr", buttons: [], standing: [], links: [], multiple: false },
      text: "Still there?",
    });
    await second.getByText("Still there?").waitFor();
    expect(stage.service.taken()).toHaveLength(3);
  });

  test("shows nothing of an earlier conversation before the person wants it", async () => {
    const context = await stage.openContext();
    const first = await stage.visit(await context.newPage());
    await begin(first);
    await first.close();
    const second = await stage.visit(await context.newPage());
    await second.getByText("A conversation was begun on this device").waitFor();
    expect(await second.locator("#log .bubble").count()).toBe(0);
    await second.getByRole("button", { name: "Go on" }).click();
    await choice(second, "I need help").waitFor();
    expect(new Set(stage.service.received.map(({ address }) => address)).size).toBe(1);
    await second.close();

    const third = await stage.visit(await context.newPage());
    await third.getByRole("button", { name: "Begin anew" }).click();
    await begin(third);
    expect(new Set(stage.service.received.map(({ address }) => address)).size).toBe(2);
  });

  test("leaves quickly: no page, no way back, nothing kept, in no tab", async () => {
    const context = await stage.openContext();
    const first = await stage.visit(await context.newPage());
    await begin(first);
    const second = await stage.visit(await context.newPage());
    await choice(second, "I need help").waitFor();
    await first.getByRole("button", { name: "Leave quickly" }).click();
    await first.waitForURL("about:blank");
    await second.waitForURL("about:blank");
    await first.goBack();
    expect(first.url()).toBe("about:blank");
    await stage.visit(first);
    expect(await first.evaluate("sessionStorage.length")).toBe(0);
    expect(await first.locator("#log .bubble").count()).toBe(0);
  });

  test("deletes the chat on this device", async () => {
    const page = await stage.open();
    await begin(page);
    await page.getByRole("button", { name: "About this chat" }).click();
    await page.getByRole("button", { name: "Delete chat on this device" }).click();
    await page.getByRole("button", { name: "Yes, delete" }).click();
    await page.getByText("Which language would you like to write in?").waitFor();
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    expect(await page.getByText("A conversation was begun").isVisible()).toBe(false);
  });
});
