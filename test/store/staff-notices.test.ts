import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { News } from "../../src/domain/news.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { keepNotice, seeNotices, unseenNotices } from "../../src/store/staff-notices.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addStaff } from "../jobs/stage.ts";
import { addCase } from "../staff/stage.ts";

let database: TestDatabase;
let about: NonNullable<News["about"]>;

beforeAll(async () => {
  database = await createDatabase();
  const { id } = await addCase(database.pool, { code: "K7-42M", claimedBy: "Ada" });
  about = { caseId: id, code: "K7-42M", municipality: "delbrueck", priority: "urgent", submittedAt: 0 };
});
beforeEach(async () => {
  await database.pool.query(`DELETE FROM staff_notice`);
});
afterAll(() => database.drop());

const keep = (news: Partial<News>) =>
  inTransaction(database.pool, (client) =>
    keepNotice(client, { kind: "unclaimed", to: { team: "nord" }, about, at: Date.now(), ...news }),
  );
const kinds = async (staff: string) => (await unseenNotices(database.pool, staff)).map(({ kind }) => kind);

test("a team's news are for its case managers alone, a person's for that person", async () => {
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "sued")];
  const eva = await addStaff(database.pool, "Eva", "nord", ["abh", "ebh", "coordinator", "administrator"]);
  const both = await addStaff(database.pool, "Both", "nord", ["case_manager", "ebh"]);
  const gone = await addStaff(database.pool, "Gone", "nord");
  await database.pool.query(`UPDATE staff SET ended_at = now() WHERE id = $1`, [gone]);
  await keep({});
  await keep({ kind: "covering", to: { staff: bela }, facts: { name: "Ada" } });
  await keep({ kind: "silent", to: { staff: eva } });
  expect(await unseenNotices(database.pool, ada)).toMatchObject([{ kind: "unclaimed", code: "K7-42M", facts: {} }]);
  expect(await unseenNotices(database.pool, bela)).toMatchObject([{ kind: "covering", facts: { name: "Ada" } }]);
  for (const nobody of [eva, both, gone]) expect(await kinds(nobody)).toEqual([]);
});

test("what one has seen, the others have not; and nobody sees for others", async () => {
  const [ada, bela] = [await addStaff(database.pool, "Ada", "nord"), await addStaff(database.pool, "Bela", "nord")];
  const far = await addStaff(database.pool, "Far", "sued");
  await keep({});
  await keep({ kind: "covering", to: { staff: bela } });
  const all = (await unseenNotices(database.pool, bela)).map(({ id }) => id);
  expect(all).toHaveLength(2);
  await seeNotices(database.pool, far, all);
  await seeNotices(database.pool, ada, all);
  await seeNotices(database.pool, ada, all);
  expect(await kinds(ada)).toEqual([]);
  expect(await kinds(bela)).toHaveLength(2);
  expect((await database.pool.query(`SELECT FROM staff_notice_seen`)).rowCount).toBe(1);
});

test("is over when staff wrote, and of overviews only the latest is shown", async () => {
  const ada = await addStaff(database.pool, "Ada", "nord");
  await keep({ kind: "silent" });
  const { about: _, ...overview } = { kind: "digest" as const, to: { team: "nord" }, about: undefined };
  for (const waiting of [1, 2])
    await inTransaction(database.pool, (client) =>
      keepNotice(client, { ...overview, facts: { waiting }, at: Date.now() - 1000 + waiting }),
    );
  expect(await kinds(ada)).toEqual(["silent", "digest"]);
  await database.pool.query(`UPDATE case_file SET last_staff_at = now()`);
  expect(await unseenNotices(database.pool, ada)).toMatchObject([
    { kind: "digest", code: null, facts: { waiting: 2 } },
  ]);
});
