import { setTimeout as sleep } from "node:timers/promises";
import { planOf } from "../../walks/plan.ts";
import { openOffice } from "../care/clerk.ts";
import { judgeHalves, judgeStory } from "../care/judge-care.ts";
import { endings, live, type Story, type Surroundings } from "../care/life.ts";
import { Moments } from "../care/moments.ts";
import { awaitEmptyOutbox, judgePrivacy } from "../judge.ts";
import { gentle, meet, walkAs } from "../person.ts";
import { randomOf } from "../random.ts";
import { onStage, type Stage } from "../stage.ts";
import type { Verdict } from "../verdict.ts";

interface Order {
  kills: number;
  atOnce: number;
  seed: number;
  /** Of the Bot API. */
  latencyMs?: number;
}

const languages = ["de", "en", "uk", "ar", "ru", "tr"];

/**
 * People walk to a case, staff claim it and write, people answer, take the agreement back, say stop or have everything
 * erased; the service is killed beside these acts and started again.
 */
export function killBesideCare({ kills, atOnce, seed, latencyMs = 15 }: Order): Promise<Verdict> {
  return onStage({ name: "kill -9 beside care", seed, latencyMs }, async (stage) => {
    const instance = await stage.instance();
    stage.verdict.starts.push(await instance.start());
    const records = await stage.records();
    stage.onClose(() => records.close());
    const moments = new Moments(stage);
    const people = new People({ stage, records, moments, office: await openOffice(instance, records, "nord") }, seed);
    people.begin(atOnce);
    for (let kill = 0; kill < kills; kill++) {
      const what = await moments.next(8000);
      await sleep(stage.between(0, 80));
      stage.disturb(`kills at ${what}`);
      await instance.end("SIGKILL");
      await judgeHalves(stage, records);
      stage.verdict.starts.push(await instance.start());
      stage.recover();
      await sleep(stage.between(0, 700));
    }
    await people.finish();
    await judge(people.stories, people.around);
  });
}

async function judge(stories: Story[], { stage, records }: Surroundings): Promise<void> {
  await awaitEmptyOutbox(stage, records);
  await eraseNow(stage, records);
  await judgeHalves(stage, records);
  for (const story of stories) {
    stage.verdict.walks++;
    stage.verdict.messages += story.person.deeds.length + story.said.length + story.written.length;
    await judgeStory(stage, records, story);
  }
  await judgePrivacy(stage, records);
}

/** Has the sweep that deletes erased contacts and lists them run now, and not within a minute. */
async function eraseNow({ verdict }: Stage, { pool }: Surroundings["records"]): Promise<void> {
  await pool.query(`SELECT graphile_worker.add_job('erase-asked')`);
  const left = `SELECT FROM session WHERE erase_at IS NOT NULL AND updated_at <= erase_at
    UNION ALL SELECT FROM erased WHERE NOT listed`;
  for (const end = Date.now() + 90_000; Date.now() < end; await sleep(100))
    if ((await pool.query(left)).rowCount === 0) return;
  verdict.add("stuck", "an erased contact is still there, or not listed");
}

/** People who live one story after another, so many at once. */
class People {
  readonly stories: Story[] = [];
  readonly around: Surroundings;
  readonly #seed: number;
  #met = 0;
  #isOver = false;
  #living: Promise<void>[] = [];

  constructor(around: Surroundings, seed: number) {
    this.around = around;
    this.#seed = seed;
  }

  begin(atOnce: number): void {
    const one = async () => {
      while (!this.#isOver) await this.#live();
    };
    this.#living = Array.from({ length: atOnce }, one);
  }

  /** Nobody else begins; resolves when every story has ended. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#living);
  }

  async #live(): Promise<void> {
    const number = this.#met++;
    const { stage } = this.around;
    const plan = planOf(this.#seed * 7919 + number, languages);
    // All to one team, by pressing.
    const person = meet(
      stage.telegram,
      { ...plan, words: {}, answers: { ...plan.answers, where: "delbrueck" } },
      number,
    );
    const ending = endings[number % endings.length] ?? "talk";
    try {
      await walkAs(stage.telegram, person, { random: randomOf(this.#seed + number), mischief: gentle });
      this.stories.push(await live(person, ending, this.around));
    } catch (error) {
      stage.verdict.add("stuck", `${person.user} on the way to ${ending}: ${(error as Error).message}`);
    }
  }
}
