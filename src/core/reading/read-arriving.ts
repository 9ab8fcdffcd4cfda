import { hasCode } from '../common/errors.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { BatchReader } from '../store/batch-reader.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { openPartial } from '../store/partial-batch.ts';

/**
 * Reads a batch that is stored, or else what has come of it so far: `isWhole` tells which. Fails with `notStored` where
 * there is neither, and as `read` fails.
 */
export async function readArriving<T>(
  store: BatchStore,
  id: BatchId<Minute>,
  read: (reader: BatchReader, isWhole: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await read(await store.open(id), true);
  } catch (error) {
    if (!hasCode(error, 'notStored')) throw error;
  }
  const partial = await openPartial(store.root, id);
  try {
    if (partial !== undefined) return await read(partial, false);
  } catch (error) {
    if (!hasCode(error, 'notStored')) throw error;
  }
  // It was committed meanwhile, or taken back.
  return read(await store.open(id), true);
}
