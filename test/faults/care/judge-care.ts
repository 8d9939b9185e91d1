import { join } from "node:path";
import { readErasedList } from "../../../src/store/erased-list.ts";
import { type Needle, searchDatabase } from "../../erasure/search.ts";
import type { Records } from "../judge-case.ts";
import { mark } from "../person.ts";
import type { Stage } from "../stage.ts";
import type { Story } from "./life.ts";

/** Judges one story: what is kept, what was heard, and that nothing came after its ending. */
export async function judgeStory(stage: Stage, records: Records, story: Story): Promise<void> {
  stage.verdict.count(`ends (${story.ending})`);
  judgeHeard(stage, story);
  judgeSilence(stage, story);
  if (story.ending === "erasure") await judgeErased(stage, records, story);
  else await judgeKept(stage, records, story);
  if (story.ending === "withdrawal") await judgeWithdrawn(stage, records, story);
  if (story.ending === "stop") await judgeStopped(stage, records, story);
}

/** Accepted words were heard, once, or again because something happened while they were under way; others never. */
function judgeHeard({ verdict, excuses }: Stage, { voice, written, ending, person }: Story): void {
  const heard = voice.heard();
  for (const [index, { text, status, late }] of written.entries()) {
    const what = `${person.user}: words ${index + 1} of staff`;
    const calls = heard.filter(({ params }) => String(params.text).includes(text));
    if (late && status !== 409) verdict.broken.push(`${what} were answered with ${status} after the ${ending}`);
    if (status !== 303 && calls.length > 0) verdict.add("altered", `${what} were refused and heard`);
    // What was accepted beside the ending may have been ended by it.
    const isSure = status === 303 && (ending === "talk" || index < 2);
    if (isSure && calls.length === 0) verdict.add("lost", `${what} were never heard`);
    for (const [before, call] of calls.slice(1).entries()) {
      if (excuses(calls[before]?.at ?? 0, call.at)) verdict.repeats++;
      else verdict.add("doubled", `${what} for no reason`);
    }
  }
}

/** After a stop and an erasure nothing comes until the person writes, after a withdrawal nothing of staff. */
function judgeSilence({ verdict, excuses }: Stage, { voice, ending, endedAt, againAt, person }: Story): void {
  if (ending === "talk") return;
  const [last, ...later] = voice.heard(endedAt - 1).filter(({ seq }) => seq <= againAt);
  for (const call of later) {
    const text = String(call.params.text);
    const isAgain = text === String(last?.params.text) && excuses(last?.at ?? 0, call.at);
    if (isAgain) verdict.repeats++;
    else if (ending !== "withdrawal" || text.includes(mark))
      verdict.broken.push(`${person.user}: heard something after the ${ending}`);
  }
}

/** Words of both sides are there for staff, once. */
async function judgeKept(
  { verdict }: Stage,
  records: Records,
  { contactId, written, said, person, ending }: Story,
): Promise<void> {
  const kept = JSON.stringify(await records.said(contactId));
  const times = (text: string) => kept.split(`"text":${JSON.stringify(text)}`).length - 1;
  for (const text of said) {
    const count = times(text);
    if (count !== 1) verdict.add(count === 0 ? "lost" : "doubled", `${person.user}: ${count} times there for staff`);
  }
  for (const { text, status } of written) {
    const count = times(text);
    if (count !== (status === 303 ? 1 : 0))
      verdict.add(count === 0 ? "lost" : "doubled", `${person.user}: ${count} times written (${status}, ${ending})`);
  }
}

/** Nothing is left but the code, the proof of agreements and the list of what was erased; a new beginning is new. */
async function judgeErased({ verdict, dataDir }: Stage, records: Records, story: Story): Promise<void> {
  const { contactId, caseId, code, againAt, person } = story;
  const who = String(person.user);
  const { rows } = await records.pool.query(
    `SELECT code, status, contact_id, withdrawn_at, claimed_by FROM case_file WHERE id = $1`,
    [caseId],
  );
  const [row] = rows;
  verdict.demand(row?.code === code && row?.status === "erased", `${who}: the code does not say "erased"`);
  verdict.demand(row?.contact_id === null && row?.claimed_by === null, `${who}: half erased: the case's row`);
  const listed = new Set((await readErasedList(join(dataDir, "erased.log"))).map(({ subjectId }) => subjectId));
  verdict.demand(listed.has(contactId) && listed.has(caseId), `${who}: erased and not listed`);
  const session = await records.session(person.user);
  if (againAt === Number.POSITIVE_INFINITY) {
    verdict.demand(session === undefined, `${who}: half erased: the session`);
    const needles: Needle[] = [{ name: who, value: contactId }];
    const hits = (await searchDatabase(records.pool, needles)).map(({ where }) => where);
    const others = hits.filter((where) => !["public.erased.subject_id", "public.agreement.contact_id"].includes(where));
    verdict.demand(others.length === 0, `${who}: half erased: ${others.join(", ")}`);
  } else {
    verdict.demand(session !== undefined, `${who}: wrote again and is not known`);
    const { language, conversation } = session ?? { conversation: { stack: [] } };
    verdict.demand(language === undefined && conversation.stack.length === 1, `${who}: not greeted like new`);
  }
}

async function judgeWithdrawn(
  { verdict }: Stage,
  records: Records,
  { contactId, caseId, person }: Story,
): Promise<void> {
  const who = String(person.user);
  const count = await records.value<number>(
    `SELECT count(*)::int FROM agreement WHERE contact_id = $1 AND purpose = 'intake' AND state = 'withdrawn'`,
    [contactId],
  );
  if (count !== 1) verdict.add(count === 0 ? "lost" : "doubled", `${who}: ${count} times taken back`);
  const open = await records.value<string[]>(
    `SELECT array_agg(purpose) FROM (SELECT DISTINCT ON (purpose) purpose, state FROM agreement
      WHERE contact_id = $1 AND purpose IN ('intake', 'contact', 'reminders') ORDER BY purpose, n DESC) a WHERE state = 'given'`,
    [contactId],
  );
  verdict.demand(open === null, `${who}: half taken back: ${open} still stands`);
  const hidden = await records.value<boolean>(`SELECT withdrawn_at IS NOT NULL FROM case_file WHERE id = $1`, [caseId]);
  verdict.demand(hidden === true, `${who}: half taken back: the case is still shown`);
  const session = await records.session(person.user);
  verdict.demand(!session?.conversation.agreed, `${who}: half taken back: the session`);
}

async function judgeStopped({ verdict }: Stage, records: Records, { person, againAt }: Story): Promise<void> {
  const session = await records.session(person.user);
  const silent = againAt === Number.POSITIVE_INFINITY ? "stopped" : undefined;
  verdict.demand(session?.silent === silent, `${person.user}: stopped is ${session?.silent}`);
}

/** While nothing runs: what is erased or taken back is so in whole, whatever the kill met. */
export async function judgeHalves({ verdict }: Stage, records: Records): Promise<void> {
  const halves = {
    "an erased case with content": `SELECT FROM case_file f WHERE status = 'erased' AND (contact_id IS NOT NULL
      OR EXISTS (SELECT FROM intake i WHERE i.case_id = f.id)
      OR NOT EXISTS (SELECT FROM erased e WHERE e.subject_id = f.id))`,
    "an erased contact with content": `SELECT FROM erased e WHERE EXISTS (SELECT FROM message m WHERE m.contact_id = e.subject_id)
      OR EXISTS (SELECT FROM case_file f WHERE f.contact_id = e.subject_id)`,
    "an agreement taken back, and a case shown": `SELECT FROM (SELECT DISTINCT ON (contact_id) contact_id, state FROM agreement
        WHERE purpose = 'intake' ORDER BY contact_id, n DESC) a
      JOIN case_file f ON f.contact_id = a.contact_id WHERE (a.state = 'withdrawn') <> (f.withdrawn_at IS NOT NULL)`,
    "a talk with somebody who stopped": `SELECT FROM session WHERE silent = 'stopped' AND talking IS NOT NULL`,
  };
  for (const [what, query] of Object.entries(halves)) {
    const { rowCount } = await records.pool.query(query);
    verdict.demand(rowCount === 0, `after a kill: ${rowCount} times ${what}`);
  }
}
