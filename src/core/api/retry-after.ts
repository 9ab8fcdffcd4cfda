import { DAY_MS } from '../feed/slot.ts';

/** Without a usable `Retry-After` a client backs off from a minute, and not in step with all others. */
const BACK_OFF_MS = 60_000;
const BACK_OFF_JITTER_MS = 15_000;
/** The longest quota is a month's; what is beyond is a mistake, and asked about again after a day. */
const LONGEST_MS = 31 * DAY_MS;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u;

/**
 * The moment an answer's `Retry-After` names, Unix milliseconds: from seconds, or from a date by the server's own
 * clock. Zero and dates gone by mean `now`; undefined where there is none that makes sense.
 */
export function statedRetryTime(headers: ReadonlyMap<string, string>, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const serverTime = httpDate(headers.get('date')) ?? now;
  const wait = /^\d+$/u.test(text) ? Number(text) * 1000 : (httpDate(text) ?? NaN) - serverTime;
  if (Number.isNaN(wait)) return undefined;
  return now + (wait > LONGEST_MS ? DAY_MS : Math.max(0, wait));
}

/** When to ask again where nobody said when, Unix milliseconds. `random` is from 0 to just under 1. */
export function backOffTime(now: number, random: number): number {
  return now + BACK_OFF_MS + Math.round(random * BACK_OFF_JITTER_MS);
}

/** The daily quota starts anew at 00:00 UTC. */
export function nextUtcMidnight(now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS + DAY_MS;
}

function httpDate(text: string | undefined): number | undefined {
  const time = HTTP_DATE.test(text ?? '') ? Date.parse(text ?? '') : NaN;
  return Number.isNaN(time) ? undefined : time;
}
