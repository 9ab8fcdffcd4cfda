/** The least and the most of several measurements. */
export interface Spread {
  readonly least: number;
  readonly most: number;
}

/** The value below which `share` (0 to 1) of the values lie, between two of them by proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('there is no quantile of no values');
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function spreadOf(values: readonly number[]): Spread {
  return { least: quantile(values, 0), most: quantile(values, 1) };
}

/**
 * Round by round one value divided by the other's of the same round, for a busy neighbour slows both. Rounds that
 * only one of them ran are left out.
 */
export function ratios(values: readonly number[], others: readonly number[]): number[] {
  return values.flatMap((value, round) => {
    const other = others[round];
    return other === undefined ? [] : [value / other];
  });
}
