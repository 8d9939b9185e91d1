import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepEncryptionKeys } from "../src/encryption-key.ts";

let top: string;
let directory: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "key-"));
  directory = join(top, "data");
});

afterEach(() => rm(top, { recursive: true }));

test("makes 32 bytes that only the owner may read, and keeps them", async () => {
  const [key, ...more] = await keepEncryptionKeys(directory);
  expect([key?.length, more]).toEqual([32, []]);
  expect((await stat(join(directory, "encryption.key"))).mode & 0o777).toBe(0o600);
  expect(await keepEncryptionKeys(directory)).toEqual([key]);
});

test("gives processes that start together the same key and leaves nothing else", async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, () => keepEncryptionKeys(directory)));
  expect(new Set(keys.flat().map(String)).size).toBe(1);
  expect(await readdir(directory)).toEqual(["encryption.key"]);
});

test("refuses to make a new key beside a database", async () => {
  await mkdir(join(directory, "postgres"), { recursive: true });
  await expect(keepEncryptionKeys(directory)).rejects.toThrow("encryption.key is missing");
});

test("refuses a damaged key", async () => {
  await mkdir(directory);
  await writeFile(join(directory, "encryption.key"), "");
  await expect(keepEncryptionKeys(directory)).rejects.toThrow("does not hold 32 bytes");
});
