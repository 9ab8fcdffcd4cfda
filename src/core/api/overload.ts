import { VtFeedsError } from '../common/errors.ts';
import type { ErrorFacts } from '../common/errors.ts';
import { momentText } from '../feed/slot-text.ts';
import { backOffTime, nextUtcMidnight } from './retry-after.ts';

/** What an answer tells beside its body. */
export interface Told {
  readonly status: number;
  /** What `Retry-After` said, Unix milliseconds. */
  readonly retryAt: number | undefined;
  /** Unix milliseconds. */
  readonly now: number;
  /** From 0 to just under 1: clients that were refused together do not come back together. */
  readonly random: number;
}

/** An answer that says "not now": a 429 or any 5xx. */
export interface Overload extends Told {
  /** Who said it, as a person calls it. */
  readonly who: string;
  /** The API's own code, where there was one. */
  readonly code?: string;
}

/** `quotaExceeded` with its `retryAt` where a pause is asked for, else `server`. */
export function overload(answer: Overload): VtFeedsError {
  const { who, status, code, retryAt, now, random } = answer;
  if (status === 429 && retryAt === undefined && code === 'QuotaExceededError') {
    return pauseAsked("The key's quota is used up.", nextUtcMidnight(now), now, { status });
  }
  if (status === 429 || (retryAt !== undefined && retryAt > now)) {
    return pauseAsked(`${who} asks for a pause.`, retryAt ?? backOffTime(now, random), now, { status });
  }
  const sentence = `${who} had a problem (HTTP ${String(status)}). Try again in a minute.`;
  return new VtFeedsError('server', sentence, { status });
}

/** `why` is a sentence; times are Unix milliseconds. */
export function pauseAsked(why: string, retryAt: number, now: number, facts: ErrorFacts = {}): VtFeedsError {
  return new VtFeedsError('quotaExceeded', `${why} Try again at ${momentText(retryAt, now)}.`, {
    ...facts,
    retryAt,
  });
}
