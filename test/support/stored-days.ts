import { minuteOfDay } from '../../src/core/feed/day-minutes.ts';
import { dayOf } from '../../src/core/feed/slot.ts';
import { NONE_GENERATED, emptyDay } from '../../src/core/store/stored-day.ts';
import type { StoredDay } from '../../src/core/store/stored-day.ts';
import type { StoreListing } from '../../src/core/store/stored.ts';

/** A store's days, as a worker reads them. The stamp of each tells what is in it, as a folder's time does. */
export function storedDays({
  batches = [],
  missing = [],
  packages = [],
}: Partial<StoreListing>): StoredDay[] {
  const slots = [...batches, ...missing, ...packages];
  const ids = new Map(slots.map(({ feed, slot }) => [`${feed}/${dayOf(slot)}`, { feed, day: dayOf(slot) }]));
  return [...ids.values()].map((id) => {
    const isHere = ({ feed, slot }: (typeof slots)[number]): boolean =>
      feed === id.feed && dayOf(slot) === id.day;
    const day = emptyDay(id);
    for (const { slot } of missing.filter(isHere)) day.records[minuteOfDay(slot)] = NONE_GENERATED;
    for (const { slot, records, bytes } of batches.filter(isHere)) {
      day.records[minuteOfDay(slot)] = records;
      day.bytes[minuteOfDay(slot)] = bytes;
    }
    const here = { ...day, packages: packages.filter(isHere) };
    return { ...here, stamp: JSON.stringify([[...here.records], [...here.bytes], here.packages]) };
  });
}
