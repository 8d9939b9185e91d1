import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { isConnectionLoss, isFault } from "../../src/store/pool.ts";

function refused(code: string): Error {
  return Object.assign(new DatabaseError("refused", 7, "error"), { code });
}

test("tells a lost connection from what PostgreSQL refused", () => {
  for (const code of ["57P01", "57P03", "08006", "ECONNREFUSED"]) expect(isConnectionLoss(refused(code))).toBe(true);
  expect(isConnectionLoss(new Error("Connection terminated unexpectedly"))).toBe(true);
  for (const code of ["23505", "40P01", "P0001"]) expect(isConnectionLoss(refused(code))).toBe(false);
});

test("tells faults of what was asked from states that pass", () => {
  for (const code of ["23505", "22021", "42703", "P0001"]) expect(isFault(refused(code))).toBe(true);
  expect(isFault(new TypeError("no such thing"))).toBe(true);
  for (const code of ["40P01", "53300", "53100", "25006", "57014", "57P01"]) expect(isFault(refused(code))).toBe(false);
});
