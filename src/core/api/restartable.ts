import { cancelled, toVtFeedsError } from '../common/errors.ts';
import type { ErrorCode } from '../common/errors.ts';

/** What a second download may mend: bytes that did not come whole, or not as they were sent. */
const MENDABLE: readonly ErrorCode[] = ['cutShort', 'corrupt', 'hashMismatch', 'emptyBody', 'notBzip2'];

/**
 * Runs a whole download, and once more from its first byte where what came cannot be continued or is damaged. Any
 * other failure, and the second one, is the caller's. `download` must leave nothing behind when it rejects.
 */
export async function restartable<T>(download: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await download();
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (!MENDABLE.includes(toVtFeedsError(error).code)) throw error;
  }
  return download();
}
