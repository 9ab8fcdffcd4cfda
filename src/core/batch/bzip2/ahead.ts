/** The items of `source`, of which up to `count` are asked for before they are taken. Ends its source with itself. */
export async function* ahead<T>(source: AsyncGenerator<T>, count: number): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  try {
    for (;;) {
      while (asked.length < count) {
        const next = source.next();
        // Whoever takes it learns of a failure; if nobody does, it does not matter any more.
        next.catch(() => undefined);
        asked.push(next);
      }
      const item = await asked.shift();
      if (item === undefined || item.done === true) return;
      yield item.value;
    }
  } finally {
    // Not awaited: it would wait for what was asked for, and that may never come.
    source.return(undefined).catch(() => undefined);
  }
}
