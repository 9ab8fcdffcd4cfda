import type { Feed } from '../../core/feed/feed.ts';
import type { Minute } from '../../core/feed/slot.ts';
import { startOf } from '../../core/feed/slot.ts';
import { Random } from './random.ts';

/** Names one synthetic record; everything in it follows from these four. */
export interface RecordPlace {
  readonly seed: number;
  readonly feed: Feed;
  readonly minute: Minute;
  /** 0 for the first record of the minute. */
  readonly index: number;
}

/** The choices for a record. Another `purpose` is another stream, so that each can be made without the others. */
export function randomAt({ seed, feed, minute, index }: RecordPlace, purpose = 'record'): Random {
  return new Random(seed, feed, minute, index, purpose);
}

/** Start of the record's minute in Unix seconds, the unit of nearly every date in a record. */
export function secondsOf(minute: Minute): number {
  return startOf(minute) / 1000;
}
