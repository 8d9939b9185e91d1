import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { News } from "../../src/domain/news.ts";
import type { Place } from "../../src/domain/place.ts";
import { type LookAfter, lookAfterCases } from "../../src/jobs/look-after-cases.ts";
import { page } from "../../src/notices/page.ts";
import { rooms } from "../../src/notices/rooms.ts";
import { tellAll } from "../../src/notices/sink.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { addCase, type CaseSeed, keyringOf } from "../staff/stage.ts";

/** What jobs are given in tests, with what they told staff. */
export async function lookout(pool: Pool, place: Place) {
  const keyring = await keyringOf(pool);
  const told: News[] = [];
  const woken: string[] = [];
  const carded: string[] = [];
  const sinks = tellAll([page, rooms({ keyring, owner: () => 1 })]);
  const given = {
    place,
    keyring,
    owner: () => 1,
    changed: (lanes: string[]) => void woken.push(...lanes),
    async tell(client, news) {
      const lanes = await sinks(client, news);
      told.push(news);
      return lanes;
    },
    async writeCards(_client, { team }) {
      carded.push(team);
      return [];
    },
  } satisfies LookAfter & { [name: string]: unknown };
  return {
    given,
    told,
    woken,
    carded,
    look: (now: string) => lookAfterCases(pool, given, Date.parse(now)),
    /** What was told since the last time, one line each. */
    news: () =>
      told
        .splice(0)
        .map(({ kind, to, about }) => `${about?.code ?? ""} ${kind} ${"team" in to ? to.team : to.staff}`.trim()),
  };
}

/** A case as its columns say, whatever triggers think of the change. */
export async function addCaseOf(pool: Pool, seed: CaseSeed, columns: { [name: string]: unknown }) {
  const made = await addCase(pool, seed);
  // First what moves a case, then what a trigger made of that.
  for (const part of [columns, { escalate_from: null, escalate_at: null, ...columns }])
    await inTransaction(pool, async (client) => {
      for (const [name, value] of Object.entries(part))
        await client.query(`UPDATE case_file SET ${name} = $2 WHERE id = $1`, [made.id, value]);
    });
  return made;
}

/** A case manager of a team, unless it is said otherwise. */
export async function addStaff(pool: Pool, name: string, team: string, roles = ["case_manager"]): Promise<string> {
  const id = randomUUID();
  await pool.query(`INSERT INTO staff (id, name, team, roles) VALUES ($1, $2, $3, $4)`, [id, name, team, roles]);
  return id;
}

export async function readCaseRow(pool: Pool, id: string) {
  const { rows } = await pool.query(`SELECT * FROM case_file WHERE id = $1`, [id]);
  return rows[0];
}

/** The history of a case after it was sent, one line each. */
export async function historyOf(pool: Pool, id: string): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT kind, by, facts FROM case_event WHERE case_id = $1 AND kind <> 'submitted' ORDER BY at, id`,
    [id],
  );
  return rows.map(({ kind, by, facts }) =>
    [kind, by, facts?.team, facts?.to].filter((part) => typeof part === "string").join(" "),
  );
}
