import { notAvailableYet, tooOld } from '../api/refusal.ts';
import { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import {
  HOUR_MS,
  MINUTE_MS,
  dayAt,
  dayOf,
  hourOf,
  isMinute,
  minuteAt,
  shiftSlot,
  startOf,
} from '../feed/slot.ts';
import type { Day, Hour, Minute, Slot } from '../feed/slot.ts';
import { clockText, dayText } from '../feed/slot-text.ts';
import { newestMinute, oldestStart } from '../feed/window.ts';

/** The minutes of a feed from one to another, both inclusive. */
export interface RangeRequest {
  readonly feed: Feed;
  readonly from: Minute;
  readonly to: Minute;
}

/**
 * A range by its ends, minutes or hours, at `now` (Unix milliseconds). An hour means all its minutes; one that is not
 * served as a whole, because it is under way or nearly too old, means those that are. Fails with `invalidArgument`,
 * `notAvailableYet` or `tooOld`.
 */
export function rangeBetween(feed: Feed, from: Slot, to: Slot, now: number): RangeRequest {
  const first = minuteAt(startOf(from));
  const last = lastMinuteOf(to);
  if (last < first)
    throw new VtFeedsError('invalidArgument', 'A range cannot end before it begins. Swap from and to.');
  const newest = newestMinute(now);
  const oldest = minuteAt(oldestStart(now));
  if (first > newest) throw notAvailableYet(from, now);
  if (last > newest && isMinute(to)) throw notAvailableYet(to, now);
  if (first < oldest && (isMinute(from) || lastMinuteOf(from) < oldest)) throw tooOld(from);
  return servedPart({ feed, from: first, to: last }, now);
}

/** The newest `count` minutes there are. */
export function newestMinutes(feed: Feed, count: number, now: number): RangeRequest {
  const to = newestMinute(now);
  return servedPart({ feed, from: shiftSlot(to, 1 - count), to }, now);
}

/** What is served of a day. Fails with `notAvailableYet` or `tooOld` where nothing of it is. */
export function rangeOfDay(feed: Feed, day: Day, now: number): RangeRequest {
  const from = minuteAt(startOf(day));
  const to = minuteAt(startOf(day) + 24 * HOUR_MS - MINUTE_MS);
  if (from > newestMinute(now)) throw notAvailableYet(from, now);
  if (to < minuteAt(oldestStart(now))) throw tooOld(to);
  return servedPart({ feed, from, to }, now);
}

/** What is served of a range at `now`; ends before it begins where nothing is. */
export function servedPart({ feed, from, to }: RangeRequest, now: number): RangeRequest {
  const oldest = minuteAt(oldestStart(now));
  const newest = newestMinute(now);
  return { feed, from: from < oldest ? oldest : from, to: to > newest ? newest : to };
}

/** How many minutes a range has. */
export function minuteCount({ from, to }: RangeRequest): number {
  return (startOf(to) - startOf(from)) / MINUTE_MS + 1;
}

/** The hours of which a range has minutes, oldest first. */
export function hoursBetween({ from, to }: RangeRequest): Hour[] {
  const count = (startOf(hourOf(to)) - startOf(hourOf(from))) / HOUR_MS + 1;
  return Array.from({ length: count }, (_, step) => shiftSlot(hourOf(from), step));
}

/** `2026-11-22 09:00 to 10:59`, with the second day where it is another one; UTC. */
export function spanText({ from, to }: Pick<RangeRequest, 'from' | 'to'>): string {
  const start = `${dayText(dayOf(from))} ${clockText(from)}`;
  if (from === to) return start;
  const end = dayOf(from) === dayOf(to) ? clockText(to) : `${dayText(dayOf(to))} ${clockText(to)}`;
  return `${start} to ${end}`;
}

/** The same where there is little room: `09:00–10:59`, with month and day where it is not all of the day of `now`. */
export function shortSpanText({ from, to }: Pick<RangeRequest, 'from' | 'to'>, now: number): string {
  const [first, last] = [dayOf(from), dayOf(to)];
  const day = (of: Day): string => (first === last && first === dayAt(now) ? '' : `${dayText(of).slice(5)} `);
  const start = `${day(first)}${clockText(from)}`;
  if (from === to) return start;
  return `${start}–${first === last ? '' : day(last)}${clockText(to)}`;
}

function lastMinuteOf(slot: Slot): Minute {
  return isMinute(slot) ? slot : minuteAt(startOf(slot) + HOUR_MS - MINUTE_MS);
}
