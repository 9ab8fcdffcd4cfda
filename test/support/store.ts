import { ingest } from '../../src/core/batch/ingest.ts';
import type { BatchId } from '../../src/core/feed/batch-id.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import type { BatchIndex } from '../../src/core/store/batch-index.ts';
import type { BatchStore } from '../../src/core/store/batch-store.ts';
import { factsOf } from '../../src/core/feed/record-facts.ts';
import { chunksOf } from './streams.ts';

/** Puts a batch of these lines into a store, through the pipeline. */
export async function storeLines(
  store: BatchStore,
  id: BatchId<Minute>,
  lines: readonly string[],
): Promise<BatchIndex> {
  const writer = await store.create(id);
  await ingest(id.feed, chunksOf(Buffer.from(lines.map((line) => `${line}\n`).join(''))), writer);
  return writer.commit();
}

/** Puts a batch of these very bytes, line by line, into a store. */
export async function storeBytes(
  store: BatchStore,
  id: BatchId<Minute>,
  lines: readonly Buffer[],
): Promise<BatchIndex> {
  const writer = await store.create(id);
  for (const line of lines) await writer.append(line, factsOf(id.feed, line.toString('utf8')));
  return writer.commit();
}
