import { batchKey } from '../feed/batch-id.ts';
import { hourOf } from '../feed/slot.ts';
import { totalOf } from './stored.ts';
import type { StoredBatch } from './stored.ts';

/**
 * The batches to delete, least recently used first, so that at most `maxBytes` stay. `keep` holds keys of minutes,
 * or of hours for all their minutes.
 */
export async function evictionOrder(
  batches: readonly StoredBatch[],
  maxBytes: number,
  keep: ReadonlySet<string>,
  lastUse: (batch: StoredBatch) => Promise<number>,
): Promise<StoredBatch[]> {
  let excess = totalOf(batches).bytes - maxBytes;
  if (excess <= 0) return [];
  const isKept = ({ feed, slot }: StoredBatch): boolean =>
    keep.has(batchKey({ feed, slot })) || keep.has(batchKey({ feed, slot: hourOf(slot) }));
  const free = batches.filter((batch) => !isKept(batch));
  const used = await Promise.all(free.map(async (batch) => ({ batch, at: await lastUse(batch) })));
  const evicted: StoredBatch[] = [];
  for (const { batch } of used.sort((one, other) => one.at - other.at)) {
    if (excess <= 0) break;
    evicted.push(batch);
    excess -= batch.bytes;
  }
  return evicted;
}
