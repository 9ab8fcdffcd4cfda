import { VtFeedsError } from '../common/errors.ts';
import { batchKey } from '../feed/batch-id.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { feedInfo } from '../feed/feed.ts';
import { slotText } from '../feed/slot-text.ts';

/** There is no such batch, or no longer. */
export function notStored(id: BatchId, cause: unknown = new Error(batchKey(id))): VtFeedsError {
  return new VtFeedsError(
    'notStored',
    `${feedInfo(id.feed).title} ${slotText(id.slot)} is not in the store. Download it again.`,
    {},
    { cause },
  );
}

/** The batch is there, but not the one that was being read. */
export function storedAnew(id: BatchId): VtFeedsError {
  return new VtFeedsError(
    'notStored',
    `${feedInfo(id.feed).title} ${slotText(id.slot)} was stored anew while it was read. Open it again.`,
  );
}

/** The batch file is not as it was written. */
export function damagedBatch(cause: unknown): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'This batch is damaged on disk. Delete it and download it again.',
    {},
    { cause },
  );
}
