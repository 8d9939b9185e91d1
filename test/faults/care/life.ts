import { loadTexts } from "../../../src/texts.ts";
import type { Records } from "../judge-case.ts";
import { mark, type Person } from "../person.ts";
import type { Stage } from "../stage.ts";
import { type Clerk, fieldOf } from "./clerk.ts";
import type { Moments } from "./moments.ts";
import { Voice } from "./voice.ts";

/** How a person's story ends: with everything erased, the agreement taken back, a stop, or in the talk. */
export const endings = ["erasure", "withdrawal", "stop", "talk"] as const;
export type Ending = (typeof endings)[number];

const texts = loadTexts();

/** What was done to a case, and with what answer: what the judge compares with what is kept and what was heard. */
export interface Story {
  person: Person;
  voice: Voice;
  code: string;
  caseId: string;
  contactId: string;
  language: string;
  ending: Ending;
  /** Words of staff, by the status of the answer; `late`: sent when the ending was there already. */
  written: { text: string; status: number; late: boolean }[];
  /** What the person wrote to staff. */
  said: string[];
  /** The number of the double's call from which on the ending's own answer came. */
  endedAt: number;
  /** The person wrote again after it: from there on they may be written to. */
  againAt: number;
}

/** Where lives are lived. */
export interface Surroundings {
  stage: Stage;
  records: Records;
  office: readonly [Clerk, Clerk];
  moments: Moments;
}

/** A case's life after it was sent: claimed by one of two, a talk, perhaps handed over, and the ending. */
export async function live(person: Person, ending: Ending, around: Surroundings): Promise<Story> {
  const { stage, records, office } = around;
  const code = person.code ?? "";
  const { rows } = await records.pool.query<{ id: string; contact_id: string; language: string }>(
    `SELECT id, contact_id, language FROM case_file WHERE code = $1`,
    [code],
  );
  const [row] = rows;
  if (!row) throw new Error("no case");
  const story: Story = {
    ...{ person, code, ending, caseId: row.id, contactId: row.contact_id, language: row.language },
    voice: new Voice(stage.telegram, person.user),
    ...{ written: [], said: [], endedAt: Number.POSITIVE_INFINITY, againAt: Number.POSITIVE_INFINITY },
  };
  let clerk = await claim(story, around);
  await write(story, clerk, around);
  await answer(story);
  if (stage.random() < 0.4) clerk = await handOver(story, clerk, office, around);
  await write(story, clerk, around);
  await answer(story);
  const racing = stage.random() < 0.5 ? write(story, clerk, around, false) : undefined;
  await end(story, around);
  await racing;
  if (ending !== "talk") await write(story, clerk, around, false, true);
  if (ending !== "talk" && stage.random() < 0.4) {
    // Until here nothing came, and whatever is to come is late.
    await new Promise((resolve) => setTimeout(resolve, 500));
    story.againAt = story.voice.say(`${mark}, ${person.user}!`);
  }
  return story;
}

/** Both want it at the same moment; answers who has it. */
async function claim({ code, caseId }: Story, { stage, records, office, moments }: Surroundings): Promise<Clerk> {
  moments.near("claim");
  const answers = await Promise.all(office.map((clerk) => clerk.post(`/staff/cases/${code}/claim`, {})));
  if (answers.some(({ status }) => status !== 303)) throw new Error("a claim was refused");
  const winner = await records.value<string>(`SELECT claimed_by_id FROM case_file WHERE id = $1`, [caseId]);
  await judgeEvents(stage, records, caseId, "claimed");
  const found = office.find(({ id }) => winner === `staff:${id}`);
  if (!found) throw new Error("nobody has the case");
  return found;
}

/** A member of staff writes, at times by a form that goes out twice at the same moment. */
async function write(
  story: Story,
  clerk: Clerk,
  { stage, moments }: Surroundings,
  isHeard = true,
  late = false,
): Promise<void> {
  const { code, voice, person } = story;
  const { page } = await clerk.get(`/staff/cases/${code}`);
  // Where the page has no form any more, it was there when somebody began to type.
  const id = fieldOf(page, "id", 'id="write-free"') || "0";
  const text = `${mark} ${person.user}-${story.written.length + 1}`;
  const note = { text, status: 0, late };
  story.written.push(note);
  const form = { id, text, language: "de", do: "send" };
  moments.near("talk");
  const sent = [clerk.post(`/staff/cases/${code}/talk`, form)];
  if (stage.random() < 0.3) sent.push(clerk.post(`/staff/cases/${code}/talk`, form));
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  note.status = statuses.includes(303) ? 303 : (statuses[0] ?? 0);
  if (!isHeard) return;
  if (note.status !== 303) throw new Error(`words were refused: ${note.status}`);
  await voice.hear(text);
}

/** The person writes back. */
async function answer({ voice, person, said }: Story): Promise<void> {
  const text = `${mark}: ${person.user}/${said.length + 1}`;
  said.push(text);
  voice.say(text);
}

/** The case goes to the colleague, with words for them. */
async function handOver(
  { code, caseId, person }: Story,
  clerk: Clerk,
  office: readonly Clerk[],
  { stage, records, moments }: Surroundings,
): Promise<Clerk> {
  const other = office.find((one) => one !== clerk) ?? clerk;
  const form = async () => {
    const { page } = await clerk.get(`/staff/cases/${code}`);
    const version = fieldOf(page, "version", 'id="act-handOver"');
    return { act: "handOver", version, to: `staff:${other.id}`, words: `${mark} ${person.user}` };
  };
  // Whoever was overtaken, by words of the person for example, sees the page anew and presses again.
  for (let times = 0; times < 10; times++) {
    const fields = await form();
    moments.near("hand-over");
    const { status } = await clerk.post(`/staff/cases/${code}`, fields);
    if (status !== 303 && status !== 409) throw new Error(`a hand-over was answered with ${status}`);
    if (status !== 303) continue;
    await judgeEvents(stage, records, caseId, "handed_over");
    return other;
  }
  throw new Error("a hand-over was refused each time");
}

/** Something that was accepted stands in the history, once. */
async function judgeEvents({ verdict }: Stage, records: Records, caseId: string, kind: string): Promise<void> {
  const query = `SELECT count(*)::int FROM case_event WHERE case_id = $1 AND kind = $2`;
  const count = await records.value<number>(query, [caseId, kind]);
  verdict.count(`acts (${kind})`);
  if (count !== 1) verdict.add(count === 0 ? "lost" : "doubled", `${count} times ${kind}`);
}

async function end(story: Story, { moments }: Surroundings): Promise<void> {
  const { voice, ending, language } = story;
  const begins = (key: string, values = {}) => texts.text(language, key, values).slice(0, 25);
  switch (ending) {
    case "talk":
      return;
    case "stop": {
      moments.near("stop");
      const after = voice.say("/stop");
      story.endedAt = (await voice.hear(begins("stopped"), after)).seq;
      return;
    }
    case "withdrawal": {
      let after = voice.say("/data");
      for (const value of ["agreements", "intake"]) after = await voice.press(value, after);
      after = await voice.press("withdraw", after, () => moments.near("withdrawal"));
      story.endedAt = (await voice.hear(begins("agreements.withdrawn", { context: "intake" }), after)).seq;
      return;
    }
    case "erasure": {
      let after = voice.say("/delete");
      after = await voice.press("yes", after, () => moments.near("erasure"));
      story.endedAt = (await voice.hear(begins("data.erasedWithCase"), after)).seq;
    }
  }
}
