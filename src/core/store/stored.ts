import type { Feed } from '../feed/feed.ts';
import type { Hour, Minute } from '../feed/slot.ts';

/** A committed batch. */
export interface StoredBatch {
  readonly feed: Feed;
  readonly slot: Minute;
  readonly records: number;
  /** On disk, with its index. */
  readonly bytes: number;
}

/** What is known of an hourly package that was taken in. */
export interface StoredPackage {
  readonly feed: Feed;
  readonly slot: Hour;
  readonly records: number;
  readonly bytes: number;
  /** Minutes the package did not hold. */
  readonly missing: readonly Minute[];
}

/** Everything a store knows, by one walk through its folders. */
export interface StoreListing {
  readonly batches: readonly StoredBatch[];
  readonly missing: readonly { readonly feed: Feed; readonly slot: Minute }[];
  readonly packages: readonly StoredPackage[];
}

/** Records and bytes of several batches together. */
export function totalOf(batches: readonly StoredBatch[]): {
  readonly records: number;
  readonly bytes: number;
} {
  const sum = (of: (batch: StoredBatch) => number): number =>
    batches.reduce((total, batch) => total + of(batch), 0);
  return { records: sum((batch) => batch.records), bytes: sum((batch) => batch.bytes) };
}
