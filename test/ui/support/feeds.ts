import { FEEDS } from '../../../src/core/feed/feed.ts';
import { shiftSlot } from '../../../src/core/feed/slot.ts';
import type { Minute } from '../../../src/core/feed/slot.ts';
import { newestMinute } from '../../../src/core/feed/window.ts';
import { isMissing } from '../../../src/sample/batches/missing-minutes.ts';
import { startSampleServer } from '../../../src/sample/sample-server.ts';
import type { SampleServer, SampleServerOptions } from '../../../src/sample/sample-server.ts';

/** Starts sample feeds that have every minute a test clicks on; one in sixty is missing otherwise, as in the real feeds. */
export function startFeeds(options: SampleServerOptions = {}): Promise<SampleServer> {
  const newest = newestMinute(Date.now());
  const minutes = (from: number, to: number): Minute[] =>
    Array.from({ length: to - from }, (_, step) => shiftSlot(newest, from + step));
  const hasAll = (seed: number): boolean =>
    minutes(-65, 10).every((minute) => !isMissing(seed, 'files', minute)) &&
    FEEDS.every((feed) => minutes(-2, 10).every((minute) => !isMissing(seed, feed, minute)));
  let seed = 1;
  while (!hasAll(seed)) seed++;
  return startSampleServer({ ...options, seed });
}
