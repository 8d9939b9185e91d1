import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutgoingCard } from "../../src/domain/prompt.ts";
import { makeCard } from "../../src/staff/notice.ts";
import { type Claim, claimCase } from "../../src/store/claim.ts";
import type { Keyring } from "../../src/store/keyring.ts";
import { markSent } from "../../src/store/lanes.ts";
import { unsealOutgoing, writeCard } from "../../src/store/outbox.ts";
import { inTransaction } from "../../src/store/pool.ts";
import { ensureRooms, type Room, readRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addCase, keyringOf, place } from "../staff/stage.ts";

let database: TestDatabase;
let keyring: Keyring;
let rooms: Room[];

beforeAll(async () => {
  database = await createDatabase();
  keyring = await keyringOf(database.pool);
  await ensureRooms(database.pool, keyring, [
    { channel: "telegram", account: "1", address: "-100", team: null, detail: "minimal" },
    { channel: "telegram", account: "1", address: "-200", team: null, detail: "triage" },
  ]);
  rooms = await readRooms(database.pool, keyring);
});

afterAll(() => database.drop());

const by = (id: number, name = `Colleague ${id}`) => ({ id: `telegram:${id}`, name });

function claim(code: string, given: Partial<Claim> = {}) {
  const full = { code, by: by(1), at: new Date(), owner: 1, ...given };
  return claimCase(database.pool, keyring, full, (found, detail) => makeCard(place, found, detail));
}

/** Writes a case's first card into all rooms, as its submission does. */
async function notify(code: string): Promise<void> {
  const card: OutgoingCard = {
    type: "card",
    language: "de",
    card: { code, language: "uk", priority: "normal", submittedAt: 0 },
  };
  await inTransaction(database.pool, async (client) => {
    for (const room of rooms) await writeCard(client, room, 1, card);
  });
}

async function waitingCards(code: string) {
  const { rows } = await database.pool.query("SELECT lane, key, body FROM outbox WHERE key = $1 ORDER BY lane, n", [
    `card:${code}`,
  ]);
  return rows.map(({ lane, key, body }) => {
    const room = rooms.find(({ id }) => id === lane);
    const message = room && unsealOutgoing(room.dataKey, lane, key, body);
    return { detail: room?.detail, card: message?.type === "card" ? message.card : undefined };
  });
}

async function eventsOf(id: string) {
  const { rows } = await database.pool.query("SELECT kind, by FROM case_event WHERE case_id = $1 ORDER BY at", [id]);
  return rows;
}

test("lets exactly one of fifty win who claim at the same moment, and shows the winner everywhere", async () => {
  const { id } = await addCase(database.pool, { code: "AA-222" });
  await notify("AA-222");
  const results = await Promise.all(Array.from({ length: 50 }, (_, n) => claim("AA-222", { by: by(n) })));
  const winner = results.findIndex((result) => result.type === "claimed");
  expect(results.filter((result) => result.type === "claimed")).toHaveLength(1);
  expect(results.filter((result) => result.type === "taken" && result.by === `Colleague ${winner}`)).toHaveLength(49);
  expect(await eventsOf(id)).toEqual([
    { kind: "submitted", by: null },
    { kind: "claimed", by: `Colleague ${winner}` },
  ]);
  const cards = await waitingCards("AA-222");
  expect(cards.map(({ detail }) => detail).sort()).toEqual(["minimal", "triage"]);
  for (const { detail, card } of cards) {
    expect(card).toMatchObject({ code: "AA-222", claimedBy: `Colleague ${winner}`, municipality: "Delbrück" });
    expect(card?.offices).toEqual(detail === "triage" ? ["Jobcenter Kreis Paderborn"] : undefined);
  }
});

test("returns the lanes with new cards, also of rooms whose card is sent already", async () => {
  const { id } = await addCase(database.pool, { code: "AA-333" });
  await notify("AA-333");
  await database.pool.query("DELETE FROM outbox WHERE key = 'card:AA-333'");
  const [sent] = rooms;
  await database.pool.query("INSERT INTO card (case_id, room_id, ref) VALUES ($1, $2, '77')", [id, sent?.id]);
  expect(await claim("AA-333")).toEqual({ type: "claimed", lanes: [sent?.id] });
  expect(await waitingCards("AA-333")).toHaveLength(1);
});

test("gives the same press the same answer, and it takes effect once", async () => {
  const { id } = await addCase(database.pool, { code: "AA-444" });
  await notify("AA-444");
  const press = { by: by(4), seenId: "act:telegram:1:4711" };
  const results = await Promise.all([claim("AA-444", press), claim("AA-444", press), claim("AA-444", press)]);
  expect(results.map((result) => result.type)).toEqual(["claimed", "claimed", "claimed"]);
  expect(results.filter((result) => result.type === "claimed" && result.lanes.length > 0)).toHaveLength(1);
  expect(await eventsOf(id)).toHaveLength(2);
});

test("does not claim a case again that was handed back, when an old press is delivered late", async () => {
  await addCase(database.pool, { code: "AA-666" });
  const press = { by: by(6), seenId: "act:telegram:1:6" };
  await claim("AA-666", press);
  await database.pool.query(
    "UPDATE case_file SET status = 'open', claimed_by = NULL, claimed_by_id = NULL, claimed_at = NULL WHERE code = 'AA-666'",
  );
  await claim("AA-666", press);
  const { rows } = await database.pool.query("SELECT status FROM case_file WHERE code = 'AA-666'");
  expect(rows).toEqual([{ status: "open" }]);
});

test("tells colleagues of one name apart", async () => {
  await addCase(database.pool, { code: "AA-777" });
  await claim("AA-777", { by: by(1, "Anna") });
  expect(await claim("AA-777", { by: by(2, "Anna") })).toMatchObject({ type: "taken", by: "Anna" });
  expect(await claim("AA-777", { by: by(1, "Anna") })).toEqual({ type: "claimed", lanes: [] });
});

test.each(["closed", "erased"])("refuses a case that is %s", async (status) => {
  const code = status === "closed" ? "AA-999" : "AA-22A";
  await addCase(database.pool, { code });
  await database.pool.query("UPDATE case_file SET status = $2 WHERE code = $1", [code, status]);
  expect(await claim(code)).toEqual({ type: "closed" });
});

test("knows no other codes", async () => {
  expect(await claim("ZZ-999")).toEqual({ type: "unknown" });
});

test("keeps nothing of a claim whose cards could not be written", async () => {
  await addCase(database.pool, { code: "AA-XX2" });
  await notify("AA-XX2");
  const failing = claimCase(
    database.pool,
    keyring,
    { code: "AA-XX2", by: by(1), at: new Date(), owner: 1, seenId: "act:telegram:1:9" },
    () => {
      throw new Error("no card");
    },
  );
  await expect(failing).rejects.toThrow("no card");
  expect(await claim("AA-XX2", { by: by(2), seenId: "act:telegram:1:9" })).toMatchObject({ type: "claimed" });
});

test("does not wait for who keeps the id of the case's card just then", async () => {
  await addCase(database.pool, { code: "AA-2CC" });
  await notify("AA-2CC");
  const { rows } = await database.pool.query(`SELECT lane, n FROM outbox WHERE key = 'card:AA-2CC' ORDER BY lane`);
  const sent = rows.map(({ lane, n }) => ({ lane, n, card: { code: "AA-2CC", ref: "7" } }));
  await inTransaction(database.pool, async (client) => {
    await markSent(client, sent);
    // Both locks are held until the end of this transaction, which goes on to wait for the rooms in a batch with cases.
    expect(await claim("AA-2CC")).toMatchObject({ type: "claimed" });
    await client.query(`SELECT FROM room ORDER BY id FOR NO KEY UPDATE`);
  });
  const cards = await waitingCards("AA-2CC");
  expect(cards.map(({ card }) => card?.claimedBy)).toEqual(["Colleague 1", "Colleague 1"]);
});

test("lets somebody claim a case to call whoever took the agreement back, and nobody without that wish", async () => {
  const { id } = await addCase(database.pool, { code: "CC-777" });
  await database.pool.query(`UPDATE case_file SET withdrawn_at = now() WHERE id = $1`, [id]);
  expect(await claim("CC-777")).toEqual({ type: "closed" });
  await database.pool.query(`UPDATE case_file SET call_asked_at = now() WHERE id = $1`, [id]);
  await notify("CC-777");
  expect(await claim("CC-777")).toMatchObject({ type: "claimed" });
  const [card] = (await waitingCards("CC-777")).slice(-1);
  expect(card?.card).toMatchObject({ withdrawn: true, flag: "call", claimedBy: "Colleague 1" });
  expect(card?.card).not.toHaveProperty("needs");
});
