import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Bot } from "../../src/domain/bot.ts";
import { type IncomingMessage, type Receive, SendError } from "../../src/domain/channel.ts";
import type { RenderedMessage } from "../../src/domain/prompt.ts";
import type { Abilities, Platform } from "./contract-platform.ts";

/** Makes a message in words. */
export function rendered(text: string, more: Partial<RenderedMessage> = {}): RenderedMessage {
  const standing = [
    { label: "Menu", data: "!menu" },
    { label: "Urgent help", data: "!urgent" },
  ];
  return { text, language: "en", direction: "ltr", buttons: [], standing, links: [], multiple: false, ...more };
}

/** Makes a question with a number of choices. */
export function question(count: number, more: Partial<RenderedMessage> = {}): RenderedMessage {
  const buttons = Array.from({ length: count }, (_, i) => ({ label: `Answer ${i + 1}.`, data: `1:a${i + 1}` }));
  return rendered("Which one?", { buttons, token: 1, ...more });
}

// Generous: it only has to end when something is broken.
const patience = { timeout: 20_000, interval: 5 };

/** What every channel must do. Each channel's test runs it against a double of its platform. */
export function contract(open: () => Promise<Platform>, abilities: Abilities): void {
  let platform: Platform;
  let bot: Bot;
  let received: IncomingMessage[];
  let receive: Receive;

  const startBot = async () => {
    bot = platform.createBot();
    await bot.start(
      (message) => receive(message),
      async () => ({}),
    );
  };
  const words = () => received.flatMap(({ content }) => (content.type === "words" ? [content.text] : []));
  const types = () => received.map(({ content }) => content.type);
  const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, patience);
  const failureOf = async (address: string, message: RenderedMessage) => {
    const error = await bot.send(address, message).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(SendError);
    return error as SendError;
  };

  beforeEach(async () => {
    platform = await open();
    received = [];
    receive = async (message) => {
      received.push(message);
      return {};
    };
    await startBot();
  });
  afterEach(async () => {
    await bot.stop();
    await platform.close();
  });

  describe("receiving", () => {
    test("hands a message over once, with account, address and time", async () => {
      const before = Date.now();
      const address = platform.person();
      platform.say(address, "Guten Tag");
      await until(() => expect(words()).toEqual(["Guten Tag"]));
      const [message] = received;
      expect(message).toMatchObject({ channel: bot.channel, account: bot.account, address });
      // Platforms count in whole seconds, or in milliseconds.
      expect(message?.at).toBeGreaterThan(before - 2_000);
      expect(message?.at).toBeLessThan(Date.now() + 2_000);
    });

    test("gives a message the same id when it is delivered again, and another one an id of its own", async () => {
      const address = platform.person();
      platform.say(address, "one");
      await until(() => expect(words()).toEqual(["one"]));
      platform.again();
      await until(() => expect(words()).toEqual(["one", "one"]));
      platform.say(address, "one");
      await until(() => expect(received).toHaveLength(3));
      const [first, second, third] = received.map(({ id }) => id);
      expect(second).toBe(first);
      expect(third).not.toBe(first);
    });

    test("has a message delivered again when it could not be taken", async () => {
      let refusals = 3;
      receive = async (message) => {
        received.push(message);
        if (refusals-- > 0) throw new Error("the database is away");
        return {};
      };
      platform.say(platform.person(), "keep this");
      await until(() => expect(words()).toEqual(Array(4).fill("keep this")));
      expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    });

    test("keeps the order of one person's messages", async () => {
      const [first, second] = [platform.person(), platform.person()];
      const said = Array.from({ length: 30 }, (_, i) => `number ${i}`);
      for (const text of said) {
        platform.say(first, text);
        platform.say(second, text);
      }
      await until(() => expect(received.length).toBeGreaterThanOrEqual(60));
      for (const address of [first, second]) {
        const own = received.filter((message) => message.address === address);
        expect(own.map(({ content }) => content)).toEqual(said.map((text) => ({ type: "words", text })));
      }
    });

    test("loses nothing that is said while the bot is stopped", async () => {
      const address = platform.person();
      platform.say(address, "before");
      await until(() => expect(words()).toContain("before"));
      await bot.stop();
      platform.say(address, "meanwhile");
      await startBot();
      platform.say(address, "after");
      await until(() => expect([...new Set(words())]).toEqual(["before", "meanwhile", "after"]));
    });

    test("loses nothing that is being taken when the bot is stopped, and hands nothing over afterwards", async () => {
      const gate = Promise.withResolvers<void>();
      receive = async (message) => {
        received.push(message);
        await gate.promise;
        return {};
      };
      platform.say(platform.person(), "on its way");
      await until(() => expect(words()).toEqual(["on its way"]));
      const stopped = bot.stop();
      gate.reject(new Error("the service ends"));
      await stopped;
      const late = vi.fn<Receive>(async () => ({}));
      receive = late;
      platform.say(platform.person(), "too late");
      expect(late).not.toHaveBeenCalled();
      await startBot();
      await until(() => {
        const taken = late.mock.calls.map(([message]) => message.content);
        expect(taken).toContainEqual({ type: "words", text: "on its way" });
        expect(taken).toContainEqual({ type: "words", text: "too late" });
      });
    });

    test.runIf(abilities.blocks)("tells when a person blocks the bot and takes that back", async () => {
      const address = platform.person();
      platform.block(address);
      await until(() => expect(types()).toEqual(["blocked"]));
      expect(await failureOf(address, rendered("Are you there?"))).toMatchObject({ failure: "stopped" });
      platform.unblock(address);
      await until(() => expect(types()).toEqual(["blocked", "unblocked"]));
      await bot.send(address, rendered("Welcome back"));
    });
  });

  describe("sending", () => {
    test("shows messages in order, with their buttons", async () => {
      const address = platform.person();
      await bot.send(address, rendered("**Hello** & <welcome>", { standing: [] }));
      await bot.send(address, rendered("How are you?"));
      await until(async () =>
        expect(await platform.shown(address)).toEqual([
          { text: "Hello & <welcome>", labels: [] },
          { text: "How are you?", labels: ["Menu", "Urgent help"] },
        ]),
      );
    });

    test.each([2, 7, 30])("shows %i choices in order and says which was pressed on which message", async (count) => {
      const address = platform.person();
      const { ref } = await bot.send(address, question(count));
      const labels = [...question(count).buttons.map(({ label }) => label), "Menu", "Urgent help"];
      await until(async () => expect(await platform.shown(address)).toEqual([{ text: "Which one?", labels }]));
      platform.press(address, `Answer ${count}.`);
      await until(() => expect(received).toHaveLength(1));
      expect(received[0]?.content).toEqual({ type: "press", data: `1:a${count}`, ...(ref && { ref }) });
    });

    test("changes a question in its place, and takes it when nothing changed", async () => {
      const address = platform.person();
      const { ref } = await bot.send(address, question(2, { multiple: true }));
      if (ref === undefined) throw new Error("a question must have a ref");
      await bot.send(address, rendered("Something else", { standing: [] }));
      const changed = question(2, { multiple: true, text: "Which ones?", updates: ref });
      changed.buttons = changed.buttons.map((button, i) => ({ ...button, chosen: i === 0 }));
      for (let times = 0; times < 2; times++) expect(await bot.send(address, changed)).toEqual({ ref });
      await until(async () => {
        const shown = await platform.shown(address);
        expect(shown.map(({ text }) => text)).toEqual(["Which ones?", "Something else"]);
        expect(shown[0]?.labels[0]).toMatch(/.Answer 1\.$/);
      });
    });

    test("shows a long text whole, its buttons at the end", async () => {
      const address = platform.person();
      const text = Array.from({ length: 400 }, (_, i) => `Sentence ${i} is **bold** & not short.`).join(" ");
      await bot.send(address, rendered(text));
      await until(async () => {
        const shown = await platform.shown(address);
        const whole = shown.map((message) => message.text).join(" ");
        expect(whole.replace(/\s+/g, " ")).toBe(text.replaceAll("**", ""));
        expect(shown.flatMap(({ labels }) => labels)).toEqual(["Menu", "Urgent help"]);
        expect(shown.at(-1)?.labels).toHaveLength(2);
      });
    });

    test("answers a press with the notice of its receipt", async () => {
      receive = async ({ content }) => (content.type === "press" ? { notice: "Noted ✓" } : {});
      const address = platform.person();
      await bot.send(address, question(2));
      platform.press(address, "Answer 2.");
      await until(async () => expect(await platform.toasts(address)).toEqual(["Noted ✓"]));
    });

    test.each(abilities.failures)(
      "says that a message is %s, without its words or the person's address",
      async (failure) => {
        const address = platform.person();
        platform.failSends(failure, address);
        const error = await failureOf(address, rendered('My "secret" words'));
        expect(error.failure).toBe(failure);
        expect(error.message).not.toMatch(/secret|words/);
        expect(error.message).not.toContain(address);
        expect(JSON.stringify(error.cause ?? {})).not.toMatch(/secret|words/);
        if (failure === "throttled") expect(error.retryAfter).toBeGreaterThan(0);
        else expect(error.retryAfter).toBeUndefined();
        platform.mend();
        await bot.send(address, rendered("Good again", { standing: [] }));
        await until(async () => expect((await platform.shown(address)).at(-1)?.text).toBe("Good again"));
      },
    );
  });

  describe.runIf(abilities.breaksDown)("trouble", () => {
    test("starts while the platform is out of order, says so, and works as soon as it can", async () => {
      await bot.stop();
      platform.breakDown();
      await startBot();
      await until(async () => expect(await bot.ready()).toMatch(/\w+ \w+/));
      platform.say(platform.person(), "anybody there?");
      platform.mend();
      await until(() => expect(words()).toContain("anybody there?"));
      await until(async () => expect(await bot.ready()).toBeUndefined());
    });

    test("says what is wrong while it runs, and comes back by itself", async () => {
      await until(async () => expect(await bot.ready()).toBeUndefined());
      platform.breakDown();
      await until(async () => expect(await bot.ready()).toMatch(/\w+ \w+/));
      platform.mend();
      await until(async () => expect(await bot.ready()).toBeUndefined());
      platform.say(platform.person(), "and now?");
      await until(() => expect(words()).toContain("and now?"));
    });
  });
}
