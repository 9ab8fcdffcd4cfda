import { DAY_MS } from '../feed/slot.ts';

/** Without a `Retry-After` a client backs off from a minute. */
const DEFAULT_WAIT_MS = 60_000;

/**
 * When to ask again after a 429, Unix milliseconds: `Retry-After` in seconds or as a date where it is there and
 * makes sense (at most a day ahead), else a minute from `now`.
 */
export function retryTime(retryAfter: string | undefined, now: number): number {
  const text = retryAfter?.trim() ?? '';
  const wait = /^\d+$/u.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return now + (Number.isFinite(wait) && wait > 0 ? Math.min(wait, DAY_MS) : DEFAULT_WAIT_MS);
}

/** The daily quota starts anew at 00:00 UTC. */
export function nextUtcMidnight(now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS + DAY_MS;
}
