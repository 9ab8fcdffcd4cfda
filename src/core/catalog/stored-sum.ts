/** How much of an hour, a day, a feed or a store is there: minutes, their records, their bytes on disk. */
export interface StoredSum {
  readonly count: number;
  readonly records: number;
  readonly bytes: number;
}

export const NOTHING: StoredSum = { count: 0, records: 0, bytes: 0 };

/** `other` added to a sum, or taken from it. */
export function addToSum(sum: StoredSum, other: StoredSum, sign: 1 | -1 = 1): StoredSum {
  return {
    count: sum.count + sign * other.count,
    records: sum.records + sign * other.records,
    bytes: sum.bytes + sign * other.bytes,
  };
}
