import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKeyring } from "../../src/store/keyring.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { messageFrom, startProcess } from "./process.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const people = 60;
// One more would be a flood.
const messages = 18;

test("sends in order what two processes wrote for the same people at once", { timeout: 60_000 }, async () => {
  const keyring = await openKeyring(database.pool, randomBytes(32));
  const processes = [
    await startProcess(database.url, database.pool, keyring),
    await startProcess(database.url, database.pool, keyring),
  ] as const;
  const tokens = new Map<string, number[]>();
  for (const { bot } of processes)
    bot.send = async (address, { token = 0 }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      tokens.set(address, [...(tokens.get(address) ?? []), token]);
      return { ref: "1" };
    };
  const talk = async (who: string) => {
    const taken: Promise<unknown>[] = [];
    for (let count = 0; count < messages; count++) {
      const process = processes[Math.random() < 0.5 ? 0 : 1];
      taken.push(process.turns.receive(messageFrom(who, { type: "words", text: "?" })));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
    }
    await Promise.all(taken);
  };
  await Promise.all(Array.from({ length: people }, (_, index) => talk(`o${index}`)));
  await processes[0].settled();
  for (const process of processes) await process.stop();
  const disordered = [...tokens].filter(([, sent]) => sent.some((token, index) => token !== index + 1));
  expect(disordered).toEqual([]);
  expect(tokens.size).toBe(people);
});
