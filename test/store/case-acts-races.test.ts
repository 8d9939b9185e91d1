import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseAct } from "../../src/domain/case-act.ts";
import { claimCase } from "../../src/store/claim.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { submit } from "../../src/store/submit.ts";
import { addCase, addColleague, jobcenterProposal } from "../staff/stage.ts";
import { type ActStage, makers, setActStage } from "./act-stage.ts";

let act: ActStage["act"];
let caseOf: ActStage["caseOf"];
let database: ActStage["database"];
let keyring: ActStage["keyring"];
let berta: string;

beforeAll(async () => {
  ({ act, caseOf, database, keyring } = await setActStage());
  berta = await addColleague(database.pool, "Berta");
});

afterAll(() => database.drop());

test("lets exactly one of many act on the same version, and tells the others what happened", async () => {
  await addCase(database.pool, { code: "CC-222", claimedBy: "Anna" });
  const asked: CaseAct[] = [
    { type: "handBack", reason: "zu viel" },
    { type: "close", outcome: "other", words: "" },
    { type: "stage", stage: "intake" },
    { type: "handOver", to: { staff: berta }, words: "" },
    { type: "handOver", to: { team: "stadt" }, words: "" },
    { type: "interpreter", done: true },
  ];
  const people = Array.from({ length: 12 }, (_, n) => ({ id: `staff:${n}`, name: `Colleague ${n}` }));
  const results = await Promise.all([
    ...asked.map((one) => act("CC-222", one)),
    ...people.map((by) => act("CC-222", { type: "handOver", to: { team: "stadt" }, words: "" }, { by })),
  ]);
  expect(results.filter(({ type }) => type === "done")).toHaveLength(1);
  const found = await caseOf("CC-222");
  expect([found.version, found.events.length]).toEqual([2, 2]);
  for (const result of results.filter(({ type }) => type !== "done")) {
    expect(result).toEqual({ type: "overtaken", since: [found.events[1]] });
  }
});

test("lets a claim or a hand-over of an open case win, not both", async () => {
  for (let n = 0; n < 8; n++) {
    const code = `DD-${n}`;
    await addCase(database.pool, { code });
    const claim = { code, by: { id: "telegram:1", name: "Doris" }, at: new Date(), owner: 1 };
    const [claimed, handed] = await Promise.all([
      claimCase(database.pool, keyring, claim, makers.makeCard),
      act(code, { type: "handOver", to: { staff: berta }, words: "" }),
    ]);
    const found = await caseOf(code);
    expect(found.version).toBe(2);
    if (found.claimedBy === "Doris") expect([claimed.type, handed.type]).toEqual(["claimed", "overtaken"]);
    else expect([claimed, handed.type]).toMatchObject([{ type: "taken", by: "Berta" }, "done"]);
  }
});

test("does the same press once, at the same moment or later, and another one of the same person not at all", async () => {
  await addCase(database.pool, { code: "EE-222", claimedBy: "Anna" });
  const press = () => act("EE-222", { type: "close", outcome: "accompanied", words: "fertig" });
  const results = await Promise.all(Array.from({ length: 6 }, press));
  expect(results.every(({ type }) => type === "done")).toBe(true);
  expect((await press()).type).toBe("done");
  expect((await caseOf("EE-222")).events).toHaveLength(2);
  expect(await act("EE-222", { type: "close", outcome: "other", words: "fertig" })).toMatchObject({
    type: "overtaken",
  });
});

test("tells whoever wrote for older answers that the person sent new ones", async () => {
  const { contactId } = await addCase(database.pool, { code: "FF-222", claimedBy: "Anna" });
  await act("FF-222", { type: "decide", intake: 1, rule: jobcenterProposal.rule, verdict: { type: "confirm" } });
  await inTransaction(database.pool, async (client) => {
    const { rows } = await client.query("SELECT data_key FROM contact WHERE id = $1", [contactId]);
    await submit(client, {
      ...{ contactId, dataKey: keyring.unwrap(rows[0].data_key), answers: { forWhom: "self", needs: ["housing"] } },
      ...{
        proposals: [jobcenterProposal],
        team: "nord",
        municipality: "delbrueck",
        language: "uk",
        priority: "normal",
      },
      ...{ interpreter: undefined, due: "2026-11-25", at: Date.now(), call: false, door: undefined },
    });
  });
  const late = await act(
    "FF-222",
    { type: "decide", intake: 1, rule: jobcenterProposal.rule, verdict: { type: "confirm" } },
    { version: 2 },
  );
  expect(late).toMatchObject({ type: "overtaken", since: [{ kind: "changed", by: null }] });
  const found = await caseOf("FF-222");
  expect(found).toMatchObject({ version: 3, versions: 2, decisions: [{ intakeVersion: 1, kind: "confirmed" }] });
});
