import { VtFeedsError } from '../common/errors.ts';
import { overload } from './overload.ts';
import type { Told } from './overload.ts';

/** Turns an answer of the storage other than success into an error. Its 403 is a link that ended, not a wrong key. */
export function storageRefusal(told: Told): VtFeedsError {
  const { status } = told;
  if (status === 429 || status >= 500) return overload({ ...told, who: 'The storage' });
  if (status >= 400) {
    return new VtFeedsError('linkExpired', 'The storage refused the download link. Try again.', { status });
  }
  const sentence = `The download was answered with HTTP ${String(status)}. Try again later.`;
  return new VtFeedsError('protocol', sentence, { status });
}
