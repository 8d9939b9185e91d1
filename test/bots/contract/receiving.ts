import { expect, test, vi } from "vitest";
import type { Receive } from "../../../src/domain/channel.ts";
import { rendered } from "./messages.ts";
import type { Abilities } from "./platform.ts";
import { type Stage, until } from "./stage.ts";

/** How messages come in. */
export function receiving(stage: Stage, abilities: Abilities): void {
  test("hands a message over once, with account, address and time", async () => {
    const before = Date.now();
    const address = stage.platform.person();
    stage.platform.say(address, "Guten Tag");
    await until(() => expect(stage.words()).toEqual(["Guten Tag"]));
    const [message] = stage.received;
    expect(message).toMatchObject({ channel: stage.bot.channel, account: stage.bot.account, address });
    // Platforms count in whole seconds, or in milliseconds.
    expect(message?.at).toBeGreaterThan(before - 2_000);
    expect(message?.at).toBeLessThan(Date.now() + 2_000);
  });

  test("gives a message the same id when it is delivered again, and another one an id of its own", async () => {
    const address = stage.platform.person();
    stage.platform.say(address, "one");
    await until(() => expect(stage.words()).toEqual(["one"]));
    stage.platform.again();
    await until(() => expect(stage.words()).toEqual(["one", "one"]));
    stage.platform.say(address, "one");
    await until(() => expect(stage.received).toHaveLength(3));
    const [first, second, third] = stage.received.map(({ id }) => id);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test("has a message delivered again when it could not be taken", async () => {
    let refusals = 3;
    stage.receive = async (message) => {
      stage.received.push(message);
      if (refusals-- > 0) throw new Error("the database is away");
      return {};
    };
    stage.platform.say(stage.platform.person(), "keep this");
    await until(() => expect(stage.words()).toEqual(Array(4).fill("keep this")));
    expect(new Set(stage.received.map(({ id }) => id)).size).toBe(1);
  });

  test("keeps the order of one person's messages", async () => {
    const [first, second] = [stage.platform.person(), stage.platform.person()];
    const said = Array.from({ length: 30 }, (_, i) => `number ${i}`);
    for (const text of said) {
      stage.platform.say(first, text);
      stage.platform.say(second, text);
    }
    await until(() => expect(stage.received.length).toBeGreaterThanOrEqual(60));
    for (const address of [first, second]) {
      const own = stage.received.filter((message) => message.address === address);
      expect(own.map(({ content }) => content)).toEqual(said.map((text) => ({ type: "words", text })));
    }
  });

  test("loses nothing that is said while the bot is stopped", async () => {
    const address = stage.platform.person();
    stage.platform.say(address, "before");
    await until(() => expect(stage.words()).toContain("before"));
    await stage.bot.stop();
    stage.platform.say(address, "meanwhile");
    await stage.startBot();
    stage.platform.say(address, "after");
    await until(() => expect([...new Set(stage.words())]).toEqual(["before", "meanwhile", "after"]));
  });

  test("loses nothing that is being taken when the bot is stopped, and hands nothing over afterwards", async () => {
    const gate = Promise.withResolvers<void>();
    stage.receive = async (message) => {
      stage.received.push(message);
      await gate.promise;
      return {};
    };
    stage.platform.say(stage.platform.person(), "on its way");
    await until(() => expect(stage.words()).toEqual(["on its way"]));
    const stopped = stage.bot.stop();
    gate.reject(new Error("the service ends"));
    await stopped;
    const late = vi.fn<Receive>(async () => ({}));
    stage.receive = late;
    stage.platform.say(stage.platform.person(), "too late");
    expect(late).not.toHaveBeenCalled();
    await stage.startBot();
    await until(() => {
      const taken = late.mock.calls.map(([message]) => message.content);
      expect(taken).toContainEqual({ type: "words", text: "on its way" });
      expect(taken).toContainEqual({ type: "words", text: "too late" });
    });
  });

  test.runIf(abilities.blocks)("tells when a person blocks the bot and takes that back", async () => {
    const address = stage.platform.person();
    stage.platform.block(address);
    await until(() => expect(stage.types()).toEqual(["blocked"]));
    expect(await stage.failureOf(address, rendered("Are you there?"))).toMatchObject({ failure: "stopped" });
    stage.platform.unblock(address);
    await until(() => expect(stage.types()).toEqual(["blocked", "unblocked"]));
    await stage.bot.send(address, rendered("Welcome back"));
  });
}
