import { DAY_MS, HOUR_MS, MINUTE_MS, hourAt, isMinute, minuteAt, startOf } from './slot.ts';
import type { Hour, Minute, Slot } from './slot.ts';

/** A minute can be downloaded from 60 minutes after its start (OpenAPI: `T-60m` exists, `T-59m` does not). */
export const MINUTE_LAG_MS = 60 * MINUTE_MS;
/** An hour's package can be downloaded from two hours after its start (OpenAPI: "always a 2 hours lag"). */
const HOUR_LAG_MS = 2 * HOUR_MS;
/** Batches are served for seven days (OpenAPI); artifact links live as long. */
export const FEED_LIFETIME_MS = 7 * DAY_MS;

export type Availability =
  | { readonly state: 'notYet'; /** Unix milliseconds. */ readonly availableAt: number }
  | { readonly state: 'available' }
  | { readonly state: 'tooOld' };

/** What the service will answer for `slot` at `now` (Unix milliseconds), by its own published rules. */
export function availability(slot: Slot, now: number): Availability {
  const start = startOf(slot);
  const availableAt = start + (isMinute(slot) ? MINUTE_LAG_MS : HOUR_LAG_MS);
  if (now < availableAt) return { state: 'notYet', availableAt };
  return start < oldestStart(now) ? { state: 'tooOld' } : { state: 'available' };
}

export function newestMinute(now: number): Minute {
  return minuteAt(now - MINUTE_LAG_MS);
}

export function newestHour(now: number): Hour {
  return hourAt(now - HOUR_LAG_MS);
}

/** Start of the oldest minute that is still served, Unix milliseconds. */
export function oldestStart(now: number): number {
  return Math.floor((now - FEED_LIFETIME_MS) / MINUTE_MS) * MINUTE_MS;
}
