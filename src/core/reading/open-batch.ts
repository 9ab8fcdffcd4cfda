import { ingest } from '../batch/ingest.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { BatchReader } from '../store/batch-reader.ts';
import type { BatchStore } from '../store/batch-store.ts';

/** Opens a stored batch; where its index is gone or damaged, it is made anew from the batch itself. */
export async function openBatch(store: BatchStore, id: BatchId<Minute>): Promise<BatchReader> {
  const reader = await store.open(id);
  if (reader !== 'noIndex') return reader;
  const plain = await store.loadPlain(id);
  const writer = await store.create(id);
  try {
    await ingest(id.feed, chunksOf(plain), writer);
    await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
  const rebuilt = await store.open(id);
  if (rebuilt === 'noIndex') throw new Error('the index just written cannot be read');
  return rebuilt;
}

async function* chunksOf(plain: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield plain;
}
