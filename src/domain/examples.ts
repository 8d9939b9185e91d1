/** How many entries of a place's file are still made up, by the part of the file in which they stand. */
export function examplesIn(place: object): { part: string; count: number }[] {
  return Object.entries(place)
    .map(([part, value]) => ({ part, count: countExamples(value) }))
    .filter(({ count }) => count > 0);
}

function countExamples(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = "example" in value && value.example === true ? 1 : 0;
  return Object.values(value).reduce((sum: number, part) => sum + countExamples(part), own);
}
