import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseAct } from "../../src/domain/case-act.ts";
import { unsealOutgoing } from "../../src/store/outbox.ts";
import { ensureRooms, readRooms } from "../../src/store/rooms.ts";
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

const wordsLike = (marked: string) =>
  database.pool.query(`SELECT FROM case_event WHERE words LIKE $1`, [`%${marked}%`]);

test.each<[string, CaseAct, object, object]>([
  [
    "gives it back",
    { type: "handBack", reason: "Urlaub" },
    { status: "open", claimedBy: null },
    { kind: "handed_back", words: "Urlaub" },
  ],
  [
    "hands it to a team, where it is open",
    { type: "handOver", to: { team: "stadt" }, words: "" },
    { status: "open", team: "stadt", claimedById: null },
    { kind: "handed_to_team", facts: { team: "stadt" } },
  ],
  [
    "says how far it is",
    { type: "stage", stage: "assessment" },
    { stage: "assessment" },
    { kind: "stage", facts: { stage: "assessment" } },
  ],
  [
    "closes it",
    { type: "close", outcome: "referred", words: "alles gut" },
    { status: "closed", outcome: "referred" },
    { kind: "closed", facts: { outcome: "referred" }, words: "alles gut" },
  ],
  [
    "ticks off the interpreter",
    { type: "interpreter", done: true },
    { interpreterDoneAt: expect.any(Date) },
    { kind: "interpreter_done" },
  ],
  [
    "notes the signature",
    { type: "signed", on: "2026-11-20" },
    { signedAt: new Date("2026-11-20T12:00:00Z") },
    { kind: "signed", facts: { on: "2026-11-20" } },
  ],
  [
    "decides otherwise, beside the proposal",
    {
      type: "decide",
      intake: 1,
      rule: jobcenterProposal.rule,
      verdict: { type: "change", office: "kim", reason: "zuerst hier" },
    },
    {
      decisions: [
        expect.objectContaining({ kind: "changed", proposed: "jobcenter", office: "kim", reason: "zuerst hier" }),
      ],
      proposals: [jobcenterProposal],
    },
    { kind: "proposal_changed", words: "" },
  ],
])("%s: one commit with the version, the history and the time", async (name, asked, after, event) => {
  const code = `A${name.charCodeAt(0)}-${asked.type}`;
  await addCase(database.pool, { code, claimedBy: "Anna" });
  expect(await act(code, asked)).toEqual({ type: "done", lanes: [] });
  const found = await caseOf(code);
  expect(found).toMatchObject({ ...after, version: 2 });
  expect(found.events).toHaveLength(2);
  expect(found.events[1]).toMatchObject({ by: "Anna", ...event });
  const { rows } = await database.pool.query(
    "SELECT by_id, last_staff_at FROM case_event e JOIN case_file f ON f.id = case_id WHERE f.code = $1 AND by IS NOT NULL",
    [code],
  );
  expect(rows).toEqual([{ by_id: expect.stringMatching(/^staff:/), last_staff_at: expect.any(Date) }]);
  for (const marked of ["Urlaub", "alles", "zuerst"]) expect((await wordsLike(marked)).rowCount).toBe(0);
});

test("hands it to a colleague, who has it from then on by id, and keeps who is the person's contact", async () => {
  await addCase(database.pool, { code: "BB-222", claimedBy: "Anna" });
  await act("BB-222", { type: "contactPerson", staff: berta });
  await act("BB-222", { type: "handOver", to: { staff: berta }, words: "bitte anrufen" }, { version: 2 });
  expect(await caseOf("BB-222")).toMatchObject({
    ...{ status: "claimed", claimedBy: "Berta", claimedById: `staff:${berta}`, version: 3 },
    contactPerson: { id: berta, name: "Berta" },
  });
  // It is not Anna's any more.
  expect(await act("BB-222", { type: "handBack", reason: "" }, { version: 3 })).toEqual({ type: "impossible" });
});

test("gives no case to whoever has left", async () => {
  const left = await addColleague(database.pool, "Carl");
  await database.pool.query("UPDATE staff SET ended_at = now() WHERE id = $1", [left]);
  await addCase(database.pool, { code: "BB-333", claimedBy: "Anna" });
  for (const asked of [
    { type: "handOver", to: { staff: left }, words: "" },
    { type: "contactPerson", staff: left },
  ] satisfies CaseAct[]) {
    expect(await act("BB-333", asked)).toEqual({ type: "refused", why: "colleague" });
  }
  expect((await caseOf("BB-333")).version).toBe(1);
});

test("shows a handed-over case to the rooms of its new team, and takes the button from those of the old one", async () => {
  const of = (address: string, team: string) =>
    ({ channel: "telegram", account: "1", address, team, detail: "minimal" }) as const;
  const settings = [of("-1", "nord"), of("-2", "stadt")];
  await ensureRooms(database.pool, keyring, settings);
  const rooms = await readRooms(database.pool, keyring);
  const [nord, stadt] = ["nord", "stadt"].map((team) => rooms.find((room) => room.team === team));
  const { id } = await addCase(database.pool, { code: "KK-222", claimedBy: "Anna" });
  await database.pool.query("INSERT INTO card (case_id, room_id, ref) VALUES ($1, $2, '7')", [id, nord?.id]);
  const result = await act("KK-222", { type: "handOver", to: { team: "stadt" }, words: "" });
  expect(result.type === "done" && result.lanes.toSorted()).toEqual([nord?.id, stadt?.id].toSorted());
  const { rows } = await database.pool.query("SELECT lane, key, body FROM outbox WHERE key = 'card:KK-222'");
  const card = (lane: string | undefined) => {
    const row = rows.find((one) => one.lane === lane);
    const room = rooms.find((one) => one.id === lane);
    const message = room && unsealOutgoing(room.dataKey, room.id, row.key, row.body);
    return message?.type === "card" ? message.card : undefined;
  };
  expect(card(nord?.id)).toMatchObject({ handedTo: "Team Stadt" });
  expect(card(stadt?.id)).toMatchObject({ code: "KK-222" });
  expect(card(stadt?.id)).not.toHaveProperty("handedTo");
});

test("keeps nothing of an act whose cards could not be written, so that it can be done again", async () => {
  const { id } = await addCase(database.pool, { code: "LL-222", claimedBy: "Anna" });
  const [room] = await readRooms(database.pool, keyring);
  await database.pool.query("INSERT INTO card (case_id, room_id, ref) VALUES ($1, $2, '8')", [id, room?.id]);
  const failing = () => {
    throw new Error("no card");
  };
  const close: CaseAct = { type: "close", outcome: "other", words: "" };
  await expect(act("LL-222", close, {}, { ...makers, makeCard: failing })).rejects.toThrow("no card");
  expect(await caseOf("LL-222")).toMatchObject({ status: "claimed", version: 1 });
  expect(await act("LL-222", close)).toMatchObject({ type: "done", lanes: [room?.id] });
});
