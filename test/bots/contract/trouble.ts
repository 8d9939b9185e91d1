import { expect, test } from "vitest";
import { type Stage, until } from "./stage.ts";

/** What a bot does while its platform is out of order. */
export function trouble(stage: Stage): void {
  test("starts while the platform is out of order, says so, and works as soon as it can", async () => {
    await stage.bot.stop();
    stage.platform.breakDown();
    await stage.startBot();
    await until(async () => expect(await stage.bot.ready()).toMatch(/\w+ \w+/));
    stage.platform.say(stage.platform.person(), "anybody there?");
    stage.platform.mend();
    await until(() => expect(stage.words()).toContain("anybody there?"));
    await until(async () => expect(await stage.bot.ready()).toBeUndefined());
  });

  test("says what is wrong while it runs, and comes back by itself", async () => {
    await until(async () => expect(await stage.bot.ready()).toBeUndefined());
    stage.platform.breakDown();
    await until(async () => expect(await stage.bot.ready()).toMatch(/\w+ \w+/));
    stage.platform.mend();
    await until(async () => expect(await stage.bot.ready()).toBeUndefined());
    stage.platform.say(stage.platform.person(), "and now?");
    await until(() => expect(stage.words()).toContain("and now?"));
  });
}
