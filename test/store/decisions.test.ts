import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseContent } from "../../src/store/erase.ts";
import { unsealOutgoing } from "../../src/store/outbox.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { openCaseOf } from "../../src/store/submit.ts";
import { addCase, jobcenterProposal } from "../staff/stage.ts";
import { type ActStage, setActStage } from "./act-stage.ts";

let act: ActStage["act"];
let caseOf: ActStage["caseOf"];
let database: ActStage["database"];
let keyring: ActStage["keyring"];

beforeAll(async () => {
  ({ act, caseOf, database, keyring } = await setActStage());
});

afterAll(() => database.drop());

async function decided(code: string, seed: Partial<Parameters<typeof addCase>[1]> = {}) {
  const { contactId } = await addCase(database.pool, { code, claimedBy: "Anna", ...seed });
  await act(code, { type: "decide", intake: 1, rule: jobcenterProposal.rule, verdict: { type: "confirm" } });
  const [decision] = (await caseOf(code)).decisions;
  return { contactId, tell: { type: "tell", decision: decision?.id ?? "", language: "uk" } as const };
}

async function laneOf(contactId: string) {
  const { rows } = await database.pool.query(
    "SELECT o.n, o.body, c.data_key FROM outbox o JOIN contact c ON c.id = o.lane WHERE lane = $1 ORDER BY n",
    [contactId],
  );
  return rows.map(({ n, body, data_key }) => unsealOutgoing(keyring.unwrap(data_key), contactId, n, body));
}

test("tells the person the decided office once, and keeps what was said", async () => {
  const { contactId, tell } = await decided("GG-222");
  const results = await Promise.all([1, 2, 3].map(() => act("GG-222", tell, { version: 2 })));
  expect(results.map(({ type }) => type)).toEqual(["done", "done", "done"]);
  expect(results).toContainEqual({ type: "done", lanes: [contactId] });
  const [message, ...more] = await laneOf(contactId);
  expect(more).toEqual([]);
  expect(message).toMatchObject({
    type: "prompt",
    language: "uk",
    prompt: { key: "told", values: { code: "GG-222" } },
  });
  const found = await caseOf("GG-222");
  expect(found.decisions[0]).toMatchObject({ toldAt: expect.any(Date), toldBy: "Anna" });
  expect(found.talk.at(-1)?.entries[0]).toMatchObject({ type: "said", key: "told" });
  expect(await act("GG-222", tell, { version: 3 })).toEqual({ type: "refused", why: "told" });
});

test.each([
  ["silent", "UPDATE session SET silent = 'stopped' WHERE contact_id = $1"],
  ["language", "UPDATE session SET language = 'ar' WHERE contact_id = $1"],
  ["gone", "DELETE FROM contact WHERE id = $1"],
])("tells nobody who is %s meanwhile", async (why, statement) => {
  const code = `HH-${why}`;
  const { contactId, tell } = await decided(code);
  await database.pool.query(statement, [contactId]);
  expect(await act(code, tell, { version: 2 })).toEqual({ type: "refused", why });
  expect(await laneOf(contactId)).toEqual([]);
  expect((await caseOf(code)).version).toBe(2);
});

test("waits for a turn of the person, and neither ends the other", async () => {
  for (let n = 0; n < 6; n++) {
    const code = `JJ-${n}`;
    const { contactId, tell } = await decided(code);
    // As a turn that sends an intake: the session first, then the case.
    const turn = inTransaction(database.pool, async (client) => {
      const { rows } = await client.query(
        "SELECT data_key FROM session JOIN contact c ON c.id = contact_id WHERE contact_id = $1 FOR UPDATE",
        [contactId],
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
      await openCaseOf(client, contactId, keyring.unwrap(rows[0].data_key));
    });
    const [told] = await Promise.all([act(code, tell, { version: 2 }), turn]);
    expect(told.type).toBe("done");
  }
});

test("leaves of decisions and reasons nothing when the person has everything erased", async () => {
  const { contactId } = await decided("MM-222");
  await act("MM-222", { type: "handBack", reason: "Grund" }, { version: 2 });
  await inTransaction(database.pool, (client) => eraseContent(client, contactId));
  const { rows } = await database.pool.query(
    `SELECT count(d.id)::int AS decisions, count(e.words)::int AS words, count(e.facts)::int AS facts
      FROM case_file f JOIN case_event e ON e.case_id = f.id LEFT JOIN decision d ON d.case_id = f.id WHERE f.code = 'MM-222'`,
  );
  expect(rows).toEqual([{ decisions: 0, words: 0, facts: 0 }]);
  expect(await act("MM-222", { type: "reopen", reason: "x" }, { version: 4 })).toEqual({ type: "impossible" });
});
