import type { Feed } from '../../core/feed/feed.ts';
import { DAY_MS, MINUTE_MS, dayAt, minuteAt, shiftSlot, startOf } from '../../core/feed/slot.ts';
import type { Minute } from '../../core/feed/slot.ts';
import { Random } from '../records/random.ts';

/** One minute in this many has no batch. */
const ONE_IN = 60;
/** Every third day several minutes in a row have none: 03:10 to 03:14 UTC, in every feed. */
const GAP_START_MS = (3 * 60 + 10) * MINUTE_MS;
const GAP_MINUTES = 5;
const GAP_EVERY_DAYS = 3;

/** Whether no batch was made for this minute. Outside the planted gap never two in a row. */
export function isMissing(seed: number, feed: Feed, minute: Minute): boolean {
  if (isInGap(seed, minute)) return true;
  const neighbours = [shiftSlot(minute, -1), shiftSlot(minute, 1)];
  return (
    isDrawn(seed, feed, minute) &&
    !neighbours.some((neighbour) => isInGap(seed, neighbour)) &&
    !isDrawn(seed, feed, shiftSlot(minute, -1))
  );
}

/** The minutes of the latest planted gap that began at `now` (Unix milliseconds) or before. */
export function plantedGap(seed: number, now: number): readonly Minute[] {
  let day = startOf(dayAt(now));
  while (!hasGap(seed, day) || day + GAP_START_MS > now) day -= DAY_MS;
  const first = minuteAt(day + GAP_START_MS);
  return Array.from({ length: GAP_MINUTES }, (_, step) => shiftSlot(first, step));
}

function isDrawn(seed: number, feed: Feed, minute: Minute): boolean {
  return new Random(seed, feed, minute, 'missing').chance(1 / ONE_IN);
}

function isInGap(seed: number, minute: Minute): boolean {
  const start = startOf(minute);
  const day = startOf(dayAt(start));
  const into = start - day - GAP_START_MS;
  return hasGap(seed, day) && into >= 0 && into < GAP_MINUTES * MINUTE_MS;
}

function hasGap(seed: number, day: number): boolean {
  return (day / DAY_MS + seed) % GAP_EVERY_DAYS === 0;
}
