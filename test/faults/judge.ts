import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "../doubles/telegram/journal.ts";
import { expectedOf } from "./expected.ts";
import { judgeCards } from "./judge-cards.ts";
import { judgeCase, type Records } from "./judge-case.ts";
import { judgeChat } from "./judge-chat.ts";
import { personal } from "./person.ts";
import type { Stage } from "./stage.ts";

const patience = 60_000;

/** Judges a run, once everybody has arrived: each person's chat and case, the cards, the outbox, the logs. */
export async function judge(stage: Stage, records: Records): Promise<void> {
  const { verdict, telegram, crowd, staff, excuses } = stage;
  for (const what of crowd.stuck) verdict.add("stuck", what);
  await awaitEmptyOutbox(stage, records);
  const calls = Map.groupBy(telegram.calls({ ok: true }), ({ chat }) => chat);
  for (const person of crowd.persons) {
    verdict.messages += person.deeds.length;
    if (!person.isDone) continue;
    verdict.walks++;
    const expected = expectedOf(person);
    const sent: Call[] = calls.get(person.user) ?? [];
    judgeChat(verdict, String(person.user), expected, sent, excuses, person.maybe);
    await judgeCase(verdict, records, person, expected);
  }
  await judgeCards(verdict, telegram, records, staff.group, staff.names);
  const contacts = await records.value<number>(`SELECT count(*)::int FROM contact`);
  verdict.demand(contacts === crowd.persons.length, `${contacts} contacts of ${crowd.persons.length} people`);
  const { unansweredPresses } = telegram.state();
  verdict.demand(unansweredPresses === 0, `${unansweredPresses} presses without an answer`);
  await judgePrivacy(stage, records);
}

/** Waits until all that was written is sent, and all that people said was taken. */
export async function awaitEmptyOutbox({ verdict, telegram }: Stage, records: Records): Promise<void> {
  const left = () => records.value<number>(`SELECT count(*)::int FROM outbox`);
  for (const end = Date.now() + patience; Date.now() < end; await sleep(100))
    if ((await left()) === 0 && telegram.state().pending === 0) return;
  const rows = await left();
  if (rows !== 0) verdict.add("stuck", `${rows} rows in the outbox`);
  const { pending } = telegram.state();
  if (pending !== 0) verdict.add("stuck", `${pending} updates not accepted`);
}

/** Nothing that people or staff wrote, or people are known by, is in a job, in news for staff, or in their group. */
export async function judgePrivacy({ verdict, telegram, staff }: Stage, { pool }: Records): Promise<void> {
  const shown = telegram.calls({ chat: staff.group }).find(({ params }) => personal.test(JSON.stringify(params)));
  verdict.demand(shown === undefined, `personal data in the staff's group: ${JSON.stringify(shown?.params)}`);
  for (const table of ["staff_notice", "graphile_worker._private_jobs", "retention_report"]) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    const found = rows.find(({ row }) => personal.test(row));
    verdict.demand(found === undefined, `personal data in ${table}: ${found?.row.slice(0, 200)}`);
  }
}

/** Nothing of it is in the log of a process, or of PostgreSQL, whatever run it was. */
export async function judgeLogs({ verdict, instances, postgresLogs }: Stage): Promise<void> {
  const logs = [...instances.map(({ output }) => output), ...(await postgresLogs())];
  verdict.demand(
    logs.some((log) => log !== ""),
    "nothing was logged: there is nothing to search",
  );
  const line = logs
    .join("\n")
    .split("\n")
    .find((one) => personal.test(one));
  verdict.demand(line === undefined, `personal data in a log: ${line?.slice(0, 200)}`);
}
