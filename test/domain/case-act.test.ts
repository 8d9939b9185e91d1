import fc from "fast-check";
import { expect, test } from "vitest";
import { caseStatuses } from "../../src/domain/case.ts";
import { type Holding, isClaimer, possibleActs } from "../../src/domain/case-act.ts";
import { type Decision, decisionOn, olderDecisions } from "../../src/domain/decision.ts";
import type { Actor } from "../../src/domain/staff.ts";

const names = fc.constantFrom("Anna", "Berta");
const ids = fc.constantFrom("staff:1", "staff:2", "page:Anna", "telegram:7");
const actor: fc.Arbitrary<Actor> = fc.record({ id: ids, name: names });
const claim = fc.record({ claimedBy: names, claimedById: fc.option(ids) });
const holding: fc.Arbitrary<Holding> = fc.tuple(fc.constantFrom(...caseStatuses), claim).map(([status, by]) => ({
  withdrawnAt: null,
  callAskedAt: null,
  status,
  ...(status === "open" ? { claimedBy: null, claimedById: null } : by),
}));
const closing = ["handBack", "contactPerson", "stage", "close", "interpreter", "signed", "decide", "tell"] as const;

test("lets anybody claim what is open, and nothing else", () => {
  fc.assert(
    fc.property(holding, actor, (found, by) => {
      expect(possibleActs(found, by).includes("claim")).toBe(found.status === "open");
    }),
  );
});

test("lets nobody but who has a case work on it", () => {
  fc.assert(
    fc.property(holding, actor, (found, by) => {
      const acts = possibleActs(found, by);
      for (const act of closing) expect(acts.includes(act)).toBe(isClaimer(found, by));
    }),
  );
});

test("leaves no case stuck: whatever is not erased can go on by anybody of the team, and each act is listed once", () => {
  fc.assert(
    fc.property(holding, actor, (found, by) => {
      const acts = possibleActs(found, by);
      expect(acts.length > 0).toBe(found.status !== "erased");
      expect(new Set(acts).size).toBe(acts.length);
      expect(acts.includes("reopen")).toBe(found.status === "closed");
    }),
  );
});

test("does nothing more with what somebody told who took the agreement back, but lets nobody keep the case", () => {
  fc.assert(
    fc.property(holding, actor, (found, by) => {
      const acts = possibleActs({ ...found, withdrawnAt: new Date() }, by);
      for (const act of ["claim", "decide", "tell", "reopen"] as const) expect(acts).not.toContain(act);
      expect(acts.includes("handOver")).toBe(found.status === "claimed");
    }),
  );
});

test("lets somebody claim a case whose person took the agreement back, but wants to be called, and nothing more", () => {
  fc.assert(
    fc.property(holding, actor, (found, by) => {
      const acts = possibleActs({ ...found, withdrawnAt: new Date(), callAskedAt: new Date() }, by);
      expect(acts.includes("claim")).toBe(found.status === "open");
      for (const act of ["decide", "tell", "reopen"] as const) expect(acts).not.toContain(act);
    }),
  );
});

test("never takes two records of staff for the same one, whatever their names", () => {
  fc.assert(
    fc.property(holding, fc.constantFrom("staff:1", "staff:2"), names, names, (found, id, one, two) => {
      const held = { ...found, status: "claimed" as const, claimedById: id };
      const other = id === "staff:1" ? "staff:2" : "staff:1";
      expect(isClaimer(held, { id, name: one })).toBe(true);
      expect(isClaimer(held, { id: other, name: two })).toBe(false);
    }),
  );
});

test("counts the last decision on a proposal, and those on older answers apart", () => {
  const made = (id: string, intakeVersion: number, rule: string): Decision => ({
    ...{ id, intakeVersion, rule, kind: "confirmed", proposed: "a", office: "a", reason: "" },
    ...{ at: new Date(0), by: "Anna", toldAt: null, toldBy: null },
  });
  const all = [made("1", 1, "x"), made("2", 1, "x"), made("3", 1, "y"), made("4", 2, "x")];
  expect(decisionOn(all, 1, "x")?.id).toBe("2");
  expect(decisionOn(all, 2, "x")?.id).toBe("4");
  expect(decisionOn(all, 2, "y")).toBeUndefined();
  expect(olderDecisions(all, 2).map(({ id }) => id)).toEqual(["2", "3"]);
});
