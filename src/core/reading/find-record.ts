import { VtFeedsError } from '../common/errors.ts';
import { sanitizeForUi } from '../common/sanitize.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { readArriving } from './read-arriving.ts';

/** A record as it is stored: its own bytes as text. */
export interface FoundRecord {
  readonly line: string;
}

/**
 * The first record with that id of a batch that is stored or coming. Fails with `notFound`, or `notStored` where nothing
 * of the batch is there.
 */
export async function findRecord(
  store: BatchStore,
  batch: BatchId<Minute>,
  id: string,
): Promise<FoundRecord> {
  const line = await readArriving(store, batch, (reader) => reader.findLine(id));
  if (line === undefined) {
    throw new VtFeedsError(
      'notFound',
      `This batch has no record ${sanitizeForUi(id, 80)}. Choose one from its document.`,
    );
  }
  return { line: line.toString('utf8') };
}
