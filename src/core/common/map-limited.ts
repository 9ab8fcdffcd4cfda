/** Maps items in their order, at most `limit` at a time: open files are scarce. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += limit) {
    results.push(...(await Promise.all(items.slice(from, from + limit).map(work))));
  }
  return results;
}
