import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureRooms, forgetOtherRooms, type RoomSetting, readRooms } from "../../src/store/rooms.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { keyringOf } from "../staff/stage.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const group: RoomSetting = { channel: "telegram", account: "1", address: "-100", team: null, detail: "minimal" };

test("keeps a room's id while it keeps its address, and takes on its detail", async () => {
  const keyring = await keyringOf(database.pool);
  await ensureRooms(database.pool, keyring, [group]);
  const [first] = await readRooms(database.pool, keyring);
  await ensureRooms(database.pool, keyring, [{ ...group, detail: "triage" }]);
  const [second, ...more] = await readRooms(database.pool, keyring);
  expect(more).toEqual([]);
  expect(second).toEqual({ ...first, detail: "triage" });
});

test("makes a room of its own for the same address of another account", async () => {
  const keyring = await keyringOf(database.pool);
  await ensureRooms(database.pool, keyring, [{ ...group, account: "2" }]);
  expect(await readRooms(database.pool, keyring)).toHaveLength(2);
});

test("forgets rooms that the settings no longer name, with what waits for them", async () => {
  const keyring = await keyringOf(database.pool);
  await ensureRooms(database.pool, keyring, [group, { ...group, address: "-200" }]);
  const rooms = await readRooms(database.pool, keyring);
  for (const room of rooms) {
    await database.pool.query(`INSERT INTO outbox (lane, n, owner, body) VALUES ($1, 1, 1, '')`, [room.id]);
  }
  await forgetOtherRooms(database.pool, keyring, [group]);
  const [left, ...more] = await readRooms(database.pool, keyring);
  expect(more).toEqual([]);
  const { rows } = await database.pool.query(`SELECT lane FROM outbox`);
  expect(rows).toEqual([{ lane: left?.id }]);
});

test("stores no address that can be read", async () => {
  const { rows } = await database.pool.query("SELECT address::text, address_hash::text FROM room");
  expect(JSON.stringify(rows)).not.toContain(Buffer.from("-100").toString("hex"));
});
