import { DAY_MINUTES } from '../../src/core/feed/day-minutes.ts';
import { FEEDS } from '../../src/core/feed/feed.ts';
import { DAY_MS, dayAt } from '../../src/core/feed/slot.ts';
import { emptyDay } from '../../src/core/store/stored-day.ts';
import type { StoredDay } from '../../src/core/store/stored-day.ts';

/** Every minute of the five feeds of the seven days before `now`: 50,400 batches, as a worker reads them. */
export function weekOfBatches(now: number): StoredDay[] {
  return Array.from({ length: 7 }, (_, back) => dayAt(now - (back + 1) * DAY_MS)).flatMap((day) =>
    FEEDS.map((feed) => {
      const read = { ...emptyDay({ feed, day }), stamp: `${day} as it was read` };
      for (let minute = 0; minute < DAY_MINUTES; minute++) {
        read.records[minute] = 1 + (minute % 7);
        read.bytes[minute] = 1000 + minute;
      }
      return read;
    }),
  );
}
