import { afterAll, beforeAll, expect, test } from "vitest";
import { endStaffSession, findStaffSession, makeStaffLink, useStaffLink } from "../../src/store/staff-sessions.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addColleague } from "../staff/stage.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

async function link(name = "Anna", seconds = 60): Promise<string> {
  const path = (await makeStaffLink(database.pool, await addColleague(database.pool, name), seconds)) ?? "";
  return new URL(path, "http://localhost").searchParams.get("token") ?? "";
}

async function session(): Promise<string> {
  return (await useStaffLink(database.pool, await link())) ?? "";
}

test("signs in once, of twenty who use one link at the same moment", async () => {
  const token = await link();
  const sessions = await Promise.all(Array.from({ length: 20 }, () => useStaffLink(database.pool, token)));
  const [one, ...more] = sessions.filter((each) => each !== undefined);
  expect(more).toEqual([]);
  expect(await findStaffSession(database.pool, one ?? "", true)).toMatchObject({ member: { name: "Anna" } });
  expect(await useStaffLink(database.pool, token)).toBeUndefined();
});

test.each(["", "x", "A".repeat(43), "A".repeat(10_000), "'; DROP TABLE staff_link; --"])(
  "takes no token that it has not made: %.12s",
  async (token) => {
    expect(await useStaffLink(database.pool, token)).toBeUndefined();
    expect(await findStaffSession(database.pool, token, true)).toBeUndefined();
  },
);

test("refuses a link whose time is over", async () => {
  expect(await useStaffLink(database.pool, await link("Anna", 0))).toBeUndefined();
});

test("keeps hashes only", async () => {
  const token = await link();
  const cookie = (await useStaffLink(database.pool, token)) ?? "";
  const { rows } = await database.pool.query(
    "SELECT encode(hash, 'escape') || encode(hash, 'base64') AS text FROM staff_link UNION ALL SELECT encode(hash, 'escape') || encode(hash, 'base64') FROM staff_session",
  );
  const all = rows.map(({ text }) => text).join();
  expect(all).not.toContain(Buffer.from(token, "base64url").toString("base64").slice(0, 20));
  expect(all).not.toContain(Buffer.from(cookie, "base64url").toString("base64").slice(0, 20));
});

test("lives on while somebody does something, and not by what a page asks for itself", async () => {
  const token = await session();
  await database.pool.query("UPDATE staff_session SET expires_at = now() + interval '1 hour'");
  expect(await findStaffSession(database.pool, token, false)).toMatchObject({ extended: false });
  expect(await findStaffSession(database.pool, token, true)).toMatchObject({ extended: true });
  expect(await findStaffSession(database.pool, token, true)).toMatchObject({ extended: false });
});

test("ends when it is ended, and when its time is over", async () => {
  const [first, second] = [await session(), await session()];
  await endStaffSession(database.pool, first);
  expect(await findStaffSession(database.pool, first, true)).toBeUndefined();
  expect(await findStaffSession(database.pool, second, true)).toBeDefined();
  await database.pool.query("UPDATE staff_session SET expires_at = now() - interval '1 second'");
  expect(await findStaffSession(database.pool, second, true)).toBeUndefined();
});
