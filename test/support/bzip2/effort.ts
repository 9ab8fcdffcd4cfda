const asked = process.env.VT_FEEDS_FUZZ_SECONDS;

/** How long to tamper with files. `VT_FEEDS_FUZZ_SECONDS=600` makes a long run, in which nothing is left to samples. */
export const FUZZ_SECONDS = Number(asked ?? '0.8');

/** For tests whose work depends on it. */
export const PATIENCE_MS = asked === undefined ? 10_000 : 600_000 + FUZZ_SECONDS * 2000;

/** Some of the items, spread evenly, and the last; in a long run all of them. */
export function sample<T>(items: readonly T[], most: number): T[] {
  const step = asked === undefined ? Math.max(1, Math.ceil(items.length / most)) : 1;
  return items.filter((_, at) => at % step === 0 || at === items.length - 1);
}
