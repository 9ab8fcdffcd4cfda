import { DAY_MINUTES, minuteAtIndex } from '../feed/day-minutes.ts';
import type { Feed } from '../feed/feed.ts';
import type { Day, Slot } from '../feed/slot.ts';
import type { StoredPackage } from './stored.ts';

/** A feed's day in a store. */
export interface DayId {
  readonly feed: Feed;
  readonly day: Day;
}

/** A day that is in a store. `stamp` is another one whenever its folder has changed. */
export interface ListedDay extends DayId {
  readonly stamp: string;
}

/** In the place of a count of records: nothing is known of the minute. */
export const NO_BATCH = -1;
/** In the place of a count of records: the minute is known to have no batch. */
export const NONE_GENERATED = -2;

/**
 * What a store holds of a feed's day, in one number a minute: a week of five feeds crosses a thread as a few bytes,
 * with no object made for any batch. The stamp is that of the folder before it was read, or empty where the folder
 * may change again without another stamp.
 */
export interface StoredDay extends ListedDay {
  /** Records of each minute's batch, {@link NO_BATCH} or {@link NONE_GENERATED}; by minute of the day. */
  readonly records: Int32Array;
  /** Size of each minute's batch on disk, by minute of the day. */
  readonly bytes: Float64Array;
  readonly packages: readonly StoredPackage[];
}

/** A day of which nothing is stored. */
export function emptyDay({ feed, day }: DayId): StoredDay {
  return {
    feed,
    day,
    stamp: '',
    records: new Int32Array(DAY_MINUTES).fill(NO_BATCH),
    bytes: new Float64Array(DAY_MINUTES),
    packages: [],
  };
}

/** The minutes, and the hours for their packages, in which two readings of a day differ. */
export function* changedSlots(before: StoredDay, after: StoredDay): Generator<Slot> {
  const { day, records, bytes } = after;
  for (const [minute, count] of records.entries()) {
    if (count !== before.records[minute] || bytes[minute] !== before.bytes[minute])
      yield minuteAtIndex(day, minute);
  }
  const packages = [before, after].map((each) => new Map(each.packages.map((taken) => [taken.slot, taken])));
  for (const slot of new Set(packages.flatMap((bySlot) => [...bySlot.keys()]))) {
    const [one, other] = packages.map((bySlot) => JSON.stringify(bySlot.get(slot)));
    if (one !== other) yield slot;
  }
}
