import { setTimeout as sleep } from "node:timers/promises";
import { plainPlan } from "../../walks/plan.ts";
import { gentle, mark, meet, type Person, walkAs } from "../person.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

const waitSeconds = 3;

/**
 * People block the bot while an answer to them waits for the end of a 429, take that back before it ends, and say
 * nothing: nothing may reach them until they write.
 */
export function blockBot({ people, seed }: { people: number; seed: number }): Promise<Verdict> {
  return onStage({ name: "people block the bot", seed }, async (stage) => {
    const instance = await stage.instance();
    await instance.start();
    void stage.staff.work();
    await Promise.all(Array.from({ length: people }, (_, number) => walkAndBlock(stage, number)));
    await stage.judge();
  });
}

async function walkAndBlock(stage: Stage, number: number): Promise<void> {
  const { telegram, crowd, verdict } = stage;
  const person = meet(telegram, plainPlan("en"), number);
  crowd.persons.push(person);
  const blockAt = 4 + (number % 8);
  let isOver = false;
  await walkAs(telegram, person, {
    random: () => 1,
    mischief: gentle,
    interlude: async (acts) => {
      if (isOver || acts < blockAt) return undefined;
      isOver = true;
      verdict.count("blocks");
      return block(stage, person);
    },
  }).catch((error: Error) => crowd.stuck.push(`${person.user}: ${error.message}`));
}

/** Answers where in the double's calls the answer to the person's return begins. */
async function block({ telegram, verdict }: Stage, person: Person): Promise<number> {
  const { user, deeds, maybe } = person;
  const say = (text: string) => {
    deeds.push({ type: "say", text, at: Date.now() });
    return telegram.say({ user, text });
  };
  telegram.fault({ chat: user, method: "sendMessage", error_code: 429, retry_after: waitSeconds });
  maybe.add(deeds.length);
  say(`${mark}?`);
  // Until the answer was refused; the double does not tell.
  await sleep(500);
  deeds.push({ type: "block", at: Date.now() });
  telegram.block({ user });
  await sleep(700);
  deeds.push({ type: "unblock", at: Date.now() });
  telegram.unblock({ user });
  const { seq: silentFrom } = telegram.state();
  await sleep((waitSeconds + 1) * 1000);
  const sent = telegram.calls({ chat: user, after: silentFrom });
  if (sent.length > 0)
    verdict.broken.push(`${sent.length} calls to somebody who had not written since they blocked the bot`);
  return say(`${mark}!`).seq;
}
