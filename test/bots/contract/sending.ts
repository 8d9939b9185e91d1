import { expect, test } from "vitest";
import { question, rendered } from "./messages.ts";
import type { Abilities } from "./platform.ts";
import { type Stage, until } from "./stage.ts";

/** How messages go out. */
export function sending(stage: Stage, abilities: Abilities): void {
  test("shows messages in order, with their buttons", async () => {
    const address = stage.platform.person();
    await stage.bot.send(address, rendered("**Hello** & <welcome>", { standing: [] }));
    await stage.bot.send(address, rendered("How are you?"));
    await until(async () =>
      expect(await stage.platform.shown(address)).toEqual([
        { text: "Hello & <welcome>", labels: [] },
        { text: "How are you?", labels: ["Menu", "Urgent help"] },
      ]),
    );
  });

  test.each([2, 7, 30])("shows %i choices in order and says which was pressed on which message", async (count) => {
    const address = stage.platform.person();
    const { ref } = await stage.bot.send(address, question(count));
    const labels = [...question(count).buttons.map(({ label }) => label), "Menu", "Urgent help"];
    await until(async () => expect(await stage.platform.shown(address)).toEqual([{ text: "Which one?", labels }]));
    stage.platform.press(address, `Answer ${count}.`);
    await until(() => expect(stage.received).toHaveLength(1));
    expect(stage.received[0]?.content).toEqual({ type: "press", data: `1:a${count}`, ...(ref && { ref }) });
  });

  test("changes a question in its place, and takes it when nothing changed", async () => {
    const address = stage.platform.person();
    const { ref } = await stage.bot.send(address, question(2, { multiple: true }));
    if (ref === undefined) throw new Error("a question must have a ref");
    await stage.bot.send(address, rendered("Something else", { standing: [] }));
    const changed = question(2, { multiple: true, text: "Which ones?", updates: ref });
    changed.buttons = changed.buttons.map((button, i) => ({ ...button, chosen: i === 0 }));
    for (let times = 0; times < 2; times++) expect(await stage.bot.send(address, changed)).toEqual({ ref });
    await until(async () => {
      const shown = await stage.platform.shown(address);
      expect(shown.map(({ text }) => text)).toEqual(["Which ones?", "Something else"]);
      expect(shown[0]?.labels[0]).toMatch(/.Answer 1\.$/);
    });
  });

  test("shows a long text whole, its buttons at the end", async () => {
    const address = stage.platform.person();
    const text = Array.from({ length: 400 }, (_, i) => `Sentence ${i} is **bold** & not short.`).join(" ");
    await stage.bot.send(address, rendered(text));
    await until(async () => {
      const shown = await stage.platform.shown(address);
      const whole = shown.map((message) => message.text).join(" ");
      expect(whole.replace(/\s+/g, " ")).toBe(text.replaceAll("**", ""));
      expect(shown.flatMap(({ labels }) => labels)).toEqual(["Menu", "Urgent help"]);
      expect(shown.at(-1)?.labels).toHaveLength(2);
    });
  });

  test("brings a file under its name as it is, with what is said to it", async () => {
    const address = stage.platform.person();
    const content = "<p>**Привіт** \r\n--boundary & \u2068اسم\u2069</p>\n".repeat(200);
    const file = { name: "lotse.html", type: "text/html; charset=utf-8", data: Buffer.from(content) };
    await stage.bot.send(address, stage.platform.withFile(rendered("Your **data**", { standing: [] }), file));
    await until(async () =>
      expect((await stage.platform.shown(address)).map(({ text }) => text)).toEqual(["Your data"]),
    );
    expect(await stage.platform.files(address)).toEqual([{ name: "lotse.html", content }]);
  });

  test("answers a press with the notice of its receipt", async () => {
    stage.receive = async ({ content }) => (content.type === "press" ? { notice: "Noted ✓" } : {});
    const address = stage.platform.person();
    await stage.bot.send(address, question(2));
    stage.platform.press(address, "Answer 2.");
    await until(async () => expect(await stage.platform.toasts(address)).toEqual(["Noted ✓"]));
  });

  test.each(abilities.failures)(
    "says that a message is %s, without its words or the person's address",
    async (failure) => {
      const address = stage.platform.person();
      stage.platform.failSends(failure, address);
      const error = await stage.failureOf(address, rendered('My "secret" words'));
      expect(error.failure).toBe(failure);
      expect(error.message).not.toMatch(/secret|words/);
      expect(error.message).not.toContain(address);
      expect(JSON.stringify(error.cause ?? {})).not.toMatch(/secret|words/);
      if (failure === "throttled") expect(error.retryAfter).toBeGreaterThan(0);
      else expect(error.retryAfter).toBeUndefined();
      stage.platform.mend();
      await stage.bot.send(address, rendered("Good again", { standing: [] }));
      await until(async () => expect((await stage.platform.shown(address)).at(-1)?.text).toBe("Good again"));
    },
  );
}
