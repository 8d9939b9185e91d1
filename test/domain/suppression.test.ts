import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, fewest, suppress } from "../../src/domain/suppression.ts";

const cells = (counts: number[]): Cell[] => counts.map((count, index) => ({ key: String(index), count }));

/** Several tables of the same people: each cuts the same total in another way. */
const tables = fc
  .tuple(
    fc.integer({ min: 0, max: 120 }),
    fc.array(fc.array(fc.nat(20), { minLength: 0, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
  )
  .map(([total, weights]) => weights.map((table) => cells(cut(total, table))));

function cut(total: number, table: number[]): number[] {
  let left = total;
  const counts = table.map((weight) => {
    const count = Math.min(left, weight);
    left -= count;
    return count;
  });
  return [...counts, left];
}

test("shows everything where every count is five or more", () => {
  expect(suppress([cells([5, 7]), cells([12])])).toEqual([
    {
      type: "shown",
      cells: [
        { key: "0", shown: { type: "count", count: 5 } },
        { key: "1", shown: { type: "count", count: 7 } },
      ],
      sum: { count: 12, exact: true },
    },
    { type: "shown", cells: [{ key: "0", shown: { type: "count", count: 12 } }], sum: { count: 12, exact: true } },
  ]);
});

test("withholds one more count in every table, also in those that would give the number of all away", () => {
  expect(suppress([cells([30, 2, 8]), cells([20, 20])])).toEqual([
    {
      type: "shown",
      cells: [
        { key: "0", shown: { type: "count", count: 30 } },
        { key: "1", shown: { type: "few" } },
        { key: "2", shown: { type: "some" } },
      ],
      sum: { count: 30, exact: false },
    },
    {
      type: "shown",
      cells: [
        { key: "0", shown: { type: "count", count: 20 } },
        { key: "1", shown: { type: "some" } },
      ],
      sum: { count: 20, exact: false },
    },
  ]);
});

test("shows nothing while no table has a count of five, or one would set a bound to another", () => {
  expect(suppress([cells([1, 2])])).toBeUndefined();
  // All four times four are sixteen: whoever knows that there are at least 16 would know each of them.
  expect(suppress([cells([4, 4, 4, 4]), cells([11, 5])])).toBeUndefined();
});

test("never shows a count from one to four", () => {
  fc.assert(
    fc.property(tables, (given) => {
      const shown = suppress(given) ?? [];
      for (const [index, table] of shown.entries()) {
        if (table.type === "withheld") continue;
        for (const [at, { shown: cell }] of table.cells.entries()) {
          const count = given[index]?.[at]?.count ?? 0;
          if (cell.type === "count") expect(cell.count).toBe(count);
          if (count < fewest) expect(cell.type).toBe("few");
        }
      }
    }),
  );
});

test("leaves every number below five possible for a count that is fewer than five", () => {
  fc.assert(
    fc.property(tables, (given) => {
      const shown = suppress(given);
      for (const [index, table] of (shown ?? []).entries()) {
        if (table.type === "withheld") continue;
        for (const [at, { shown: cell }] of table.cells.entries()) {
          if (cell.type !== "few") continue;
          for (let count = 0; count < fewest; count++) {
            const other = otherWorld(given, index, at, count);
            expect(new Set(other.map((table) => table.reduce((sum, cell) => sum + cell.count, 0))).size).toBe(1);
            expect(suppress(other)).toEqual(shown);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});

/** Other people who would be shown in just the same way, with this count in this place. */
function otherWorld(given: Cell[][], index: number, at: number, count: number): Cell[][] {
  const hidden = given.map((table) => table.findLastIndex((cell) => cell.count >= fewest));
  const base = given.map((table, t) =>
    table.map((cell, c) => (cell.count < fewest ? { ...cell, count: t === index && c === at ? count : 0 } : cell)),
  );
  const sums = base.map((table, t) => table.reduce((sum, cell, c) => (c === hidden[t] ? sum : sum + cell.count), 0));
  const total = Math.max(...sums.map((sum, t) => ((hidden[t] ?? -1) < 0 ? 0 : sum + fewest)));
  return base.map((table, t) => {
    const place = hidden[t] ?? -1;
    if (place >= 0) return table.map((cell, c) => (c === place ? { ...cell, count: total - (sums[t] ?? 0) } : cell));
    let left = total;
    return table.map((cell) => {
      const part = Math.min(left, fewest - 1);
      left -= part;
      return { ...cell, count: part };
    });
  });
}
