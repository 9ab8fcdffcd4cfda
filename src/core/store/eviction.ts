import { batchKey } from '../feed/batch-id.ts';
import type { StoredBatch } from './stored.ts';

/** The batches to delete, least recently used first, so that at most `maxBytes` stay; `keep` holds batch keys. */
export async function evictionOrder(
  batches: readonly StoredBatch[],
  maxBytes: number,
  keep: ReadonlySet<string>,
  lastUse: (batch: StoredBatch) => Promise<number>,
): Promise<StoredBatch[]> {
  let excess = batches.reduce((total, { bytes }) => total + bytes, 0) - maxBytes;
  if (excess <= 0) return [];
  const free = batches.filter((batch) => !keep.has(batchKey(batch)));
  const used = await Promise.all(free.map(async (batch) => ({ batch, at: await lastUse(batch) })));
  const evicted: StoredBatch[] = [];
  for (const { batch } of used.sort((one, other) => one.at - other.at)) {
    if (excess <= 0) break;
    evicted.push(batch);
    excess -= batch.bytes;
  }
  return evicted;
}
