import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CaseAct } from "../../src/domain/case-act.ts";
import { readTalk } from "../../src/store/talk-state.ts";
import { writeWords } from "../../src/store/talk-words.ts";
import { addCase, addColleague } from "../staff/stage.ts";
import { type ActStage, makers, setActStage } from "../store/act-stage.ts";
import { messageFrom, startProcess } from "./process.ts";
import { until } from "./stand-in.ts";

let stage: ActStage;
let process: Awaited<ReturnType<typeof startProcess>>;
const [anna, berta] = [
  { id: "", name: "Anna" },
  { id: "", name: "Berta" },
];

beforeAll(async () => {
  stage = await setActStage();
  for (const one of [anna, berta]) one.id = `staff:${await addColleague(stage.database.pool, one.name)}`;
  process = await startProcess(stage.database.url, stage.database.pool, stage.keyring);
});
afterAll(async () => {
  await process.stop();
  await stage.database.drop();
});

/** Somebody with whom Anna talks, who has just written. */
async function talking(code: string) {
  const { pool } = stage.database;
  const who = randomUUID();
  const { contactId } = await addCase(pool, {
    ...{ code, claimedBy: "Anna", language: "en", account: "4242", address: who },
  });
  expect(await write(code, anna)).toMatchObject({ type: "sent" });
  await say(who, "I have a question");
  await until(async () => (await waits(code)) === true, "the news for staff");
  return { who, contactId };
}

const say = (who: string, text: string) => process.turns.receive(messageFrom(who, { type: "words", text }));
const write = (code: string, by: typeof anna) => {
  const words = { type: "free", text: "Guten Tag", language: "de" } as const;
  const writing = { code, id: randomUUID(), by, words, at: new Date(), owner: 1, anyway: false };
  return writeWords(stage.database.pool, stage.keyring, writing, makers.makeCard as never);
};
const waits = async (code: string) => {
  const { rows } = await stage.database.pool.query(
    `SELECT last_person_at > last_staff_at AS waits FROM case_file WHERE code = $1`,
    [code],
  );
  return rows[0]?.waits;
};
const act = async (code: string, asked: CaseAct) => {
  const owner = process.dispatch.ownerNow?.number ?? 0;
  const { version } = await stage.caseOf(code);
  const result = await stage.act(code, asked, { version, owner });
  if (result.type === "done") await process.dispatch.wake(result.lanes);
  return result;
};
const toldTo = (who: string) => process.bot.sent.flatMap(({ address, text }) => (address === who ? [text] : []));

test.each<[string, CaseAct]>([
  ["KM-232", { type: "close", outcome: "other", words: "" }],
  ["KM-233", { type: "handBack", reason: "" }],
  ["KM-234", { type: "handOver", to: { team: "stadt" }, words: "" }],
])("a talk ends with the act that takes its case away (%s), and the person is told", async (code, asked) => {
  const { who, contactId } = await talking(code);
  expect(await act(code, asked)).toEqual({ type: "done", lanes: [contactId] });
  expect(await readTalk(stage.database.pool, stage.keyring, code, anna)).toMatchObject({ isOpen: false });
  await until(() => toldTo(who).includes("talk.ended"), "the end of the talk");
  // Flows answer again.
  const before = toldTo(who).length;
  await say(who, "/menu");
  await until(() => toldTo(who).length > before, "an answer");
});

test("a talk goes on with the colleague who gets the case, who sees that the person waits", async () => {
  const code = "KM-236";
  const { who } = await talking(code);
  await act(code, { type: "handOver", to: { staff: berta.id.replace("staff:", "") }, words: "" });
  expect(await readTalk(stage.database.pool, stage.keyring, code, berta)).toMatchObject({
    ...{ isOpen: true, isOwn: true, refusal: undefined },
  });
  expect(await waits(code)).toBe(true);
  expect(await write(code, anna)).toMatchObject({ type: "refused", why: "notYours" });
  expect(await write(code, berta)).toMatchObject({ type: "sent" });
  expect(await waits(code)).toBe(false);
  expect(toldTo(who)).not.toContain("talk.ended");
});

test("nobody starts a talk with whoever wants answers only, but goes on with an open one", async () => {
  const code = "KM-237";
  const { contactId } = await talking(code);
  const { pool } = stage.database;
  await pool.query(
    `INSERT INTO agreement_text (hash, purpose, path, version, language, body) VALUES ('h', 'contact', 'p', '1', 'en', 'b')
      ON CONFLICT DO NOTHING`,
  );
  await pool.query(
    `INSERT INTO agreement (contact_id, id, schema_version, purpose, state, text_hash, text_version, language, channel, way,
        legal_basis, place, at) VALUES ($1, $2, '2', 'contact', 'withdrawn', 'h', '1', 'en', 'telegram', 'press', 'x', 'x', now())`,
    [contactId, randomUUID()],
  );
  expect(await write(code, anna)).toMatchObject({ type: "sent" });
  await pool.query(`UPDATE session SET talking = NULL WHERE contact_id = $1`, [contactId]);
  expect(await write(code, anna)).toMatchObject({ type: "refused", why: "unasked" });
  expect(await readTalk(pool, stage.keyring, code, anna)).toMatchObject({ refusal: "unasked" });
});
