import { VtFeedsError } from '../common/errors.ts';
import type { ErrorCode } from '../common/errors.ts';
import type { RangeProgress } from './range-progress.ts';

/** Why a range or a follow stands still: a code to act on, and a sentence for a person. Both survive a restart. */
export interface Problem {
  readonly code: ErrorCode;
  readonly sentence: string;
}

export function problemOf({ code, message }: VtFeedsError): Problem {
  return { code, sentence: message };
}

/** The same as an error, for code that waits. */
export function errorOf({ code, sentence }: Problem): VtFeedsError {
  return new VtFeedsError(code, sentence);
}

/** The range would drive its own minutes out of the store. */
export function storeFull({ done, total }: Pick<RangeProgress, 'done' | 'total'>): Problem {
  const sentence =
    `The store is at its limit with ${String(done)} of ${String(total)} minutes; more would drive out the first of them. ` +
    'Raise vtFeeds.maxStoreSizeMB and resume, or stop here.';
  return { code: 'storeFull', sentence };
}
