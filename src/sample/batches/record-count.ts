import type { Feed } from '../../core/feed/feed.ts';
import type { Minute } from '../../core/feed/slot.ts';
import { Random } from '../records/random.ts';

/** Small against the real feeds (about 600 files and 1,500 URLs a minute), so that an hour is made in seconds. */
const USUAL: Readonly<Record<Feed, number>> = {
  files: 30,
  urls: 40,
  domains: 25,
  ip_addresses: 20,
  file_behaviours: 40,
};

/** Which synthetic feeds these are: the same two always give the same records. */
export interface SampleWorld {
  readonly seed: number;
  /** Records in each minute of each feed; by default its usual number, a fifth more or less. */
  readonly recordsPerMinute: number | undefined;
}

export function recordCount({ seed, recordsPerMinute }: SampleWorld, feed: Feed, minute: Minute): number {
  if (recordsPerMinute !== undefined) return recordsPerMinute;
  const usual = USUAL[feed];
  return new Random(seed, feed, minute, 'count').int(Math.round(usual * 0.8), Math.round(usual * 1.2));
}
