/** Counts below this could point at somebody. */
export const fewest = 5;

/** One count of a table. */
export interface Cell {
  key: string;
  count: number;
}

/** A count as it may be shown: exact, fewer than five, or withheld though it is five or more. */
export type ShownCount = { type: "count"; count: number } | { type: "few" } | { type: "some" };

/** A table as it may be shown; `atLeast` is the sum of what is shown. Withheld where no count reaches five. */
export type ShownTable =
  | { type: "shown"; cells: { key: string; shown: ShownCount }[]; sum: { count: number; exact: boolean } }
  | { type: "withheld" };

/**
 * Makes tables that count the same people in several ways fit to be shown together, so that no count below five can be
 * computed. While one table has such a count, each table also withholds its last count of five or more: then neither
 * the number of all people nor any difference of tables tells more than the bare "fewer than five". Which one that is
 * depends on nothing but what is seen anyway. Nothing is shown where a table without a count of five would set a bound.
 */
export function suppress(tables: Cell[][]): ShownTable[] | undefined {
  const hidesSome = tables.some((cells) => cells.some(({ count }) => count < fewest));
  const shown = tables.map((cells) => (hidesSome ? withholding(cells) : open(cells)));
  const mostPossible = Math.min(
    ...tables.flatMap((cells, index) => (shown[index]?.type === "withheld" ? [cells.length * (fewest - 1)] : [])),
  );
  const fewestPossible = Math.max(
    ...shown.map((table) => (table.type === "shown" && !table.sum.exact ? table.sum.count + fewest : 0)),
  );
  return shown.some(({ type }) => type === "shown") && fewestPossible + fewest - 1 <= mostPossible ? shown : undefined;
}

/** A count that stands alone, without a sum or another table of the same people. */
export function suppressAlone(count: number): ShownCount {
  return count < fewest ? { type: "few" } : { type: "count", count };
}

function open(cells: Cell[]): ShownTable {
  const sum = { count: total(cells), exact: true };
  return { type: "shown", cells: cells.map(({ key, count }) => ({ key, shown: { type: "count", count } })), sum };
}

function withholding(cells: Cell[]): ShownTable {
  const last = cells.findLastIndex(({ count }) => count >= fewest);
  if (last < 0) return { type: "withheld" };
  return {
    type: "shown",
    cells: cells.map(({ key, count }, index) => ({
      key,
      shown: index === last ? { type: "some" } : suppressAlone(count),
    })),
    sum: { count: total(cells.filter(({ count }, index) => index !== last && count >= fewest)), exact: false },
  };
}

function total(cells: Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}
