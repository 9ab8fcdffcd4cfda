import { minuteAtIndex } from '../feed/day-minutes.ts';
import { FEEDS } from '../feed/feed.ts';
import { listDays } from './list-days.ts';
import { readDay } from './read-day.ts';
import { NONE_GENERATED } from './stored-day.ts';
import type { StoredDay } from './stored-day.ts';
import type { StoreListing } from './stored.ts';

/** Everything a store holds, by feed and time. */
export async function listStore(root: string): Promise<StoreListing> {
  const listed = (await listDays(root)).reverse();
  const days: StoredDay[] = [];
  for (const feed of FEEDS) {
    for (const day of listed) if (day.feed === feed) days.push(await readDay(root, day));
  }
  return {
    batches: days.flatMap(batchesOf),
    missing: days.flatMap(missingOf),
    packages: days.flatMap(({ packages }) => packages),
  };
}

function batchesOf({ feed, day, records, bytes }: StoredDay): StoreListing['batches'] {
  return [...records.entries()].flatMap(([minute, count]) =>
    count < 0 ? [] : [{ feed, slot: minuteAtIndex(day, minute), records: count, bytes: bytes[minute] ?? 0 }],
  );
}

function missingOf({ feed, day, records }: StoredDay): StoreListing['missing'] {
  return [...records.entries()].flatMap(([minute, count]) =>
    count === NONE_GENERATED ? [{ feed, slot: minuteAtIndex(day, minute) }] : [],
  );
}
