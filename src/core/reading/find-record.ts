import { VtFeedsError } from '../common/errors.ts';
import { sanitizeForUi } from '../common/sanitize.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { openBatch } from './open-batch.ts';

/** A record as it is stored: its own bytes as text. */
export interface FoundRecord {
  readonly line: string;
}

/** The first record of a batch with that id. Fails with `notFound`, or `notStored` where the batch is not there. */
export async function findRecord(
  store: BatchStore,
  batch: BatchId<Minute>,
  id: string,
): Promise<FoundRecord> {
  const reader = await openBatch(store, batch);
  const at = reader.index.records.findIndex(({ facts }) => facts.id === id);
  const [line] = at === -1 ? [] : await reader.readLines(at, at + 1);
  if (line === undefined) {
    throw new VtFeedsError(
      'notFound',
      `This batch has no record ${sanitizeForUi(id, 80)}. Choose one from its document.`,
    );
  }
  return { line: line.toString('utf8') };
}
