/** Does something for each, also where it fails for another; then fails as the first did, so that the job is told and tried again. */
export async function eachAlone<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await act(item).catch((cause: unknown) => failures.push(cause));
  if (failures.length > 0) throw failures[0];
}
