import { rough } from "../person.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

const limits = { globalPerSecond: 60, chatPerSecond: 1, chatBurst: 3, groupPerMinute: 40 };
// The double's clock and the service's timers differ by this much at the most (ms).
const clockSlack = 20;

/** Has everybody walk under limits like Telegram's: refused calls wait as long as they are told to. */
export function limitCalls({ people, seed }: { people: number; seed: number }): Promise<Verdict> {
  return onStage({ name: "flood limits", seed, mischief: rough }, async (stage) => {
    const instance = await stage.instance();
    await instance.start();
    stage.telegram.options({ limits });
    void stage.staff.work();
    stage.crowd.begin(people, people);
    await stage.crowd.all();
    judgePauses(stage);
    stage.telegram.options({ limits: false });
    await stage.judge();
  });
}

/** After a 429 nothing goes to that chat before the time is over. */
function judgePauses({ telegram, verdict }: Stage): void {
  const until = new Map<number, number>();
  for (const { chat, at, error = "", method } of telegram.calls()) {
    if (chat === undefined || !/^(sendMessage|editMessageText)$/.test(method)) continue;
    const early = (until.get(chat) ?? 0) - at;
    verdict.demand(early < clockSlack, `a call ${Math.round(early)} ms before a 429's time was over`);
    const seconds = /^Too Many Requests: retry after (\d+)/.exec(error)?.[1];
    if (seconds === undefined) continue;
    verdict.count("refused calls");
    until.set(chat, at + Number(seconds) * 1000);
  }
}
