import { ingest } from '../../src/core/batch/ingest.ts';
import type { BatchId } from '../../src/core/feed/batch-id.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import type { BatchStore } from '../../src/core/store/batch-store.ts';
import type { CommittedBatch } from '../../src/core/store/batch-writer.ts';
import { factsOf } from '../../src/core/feed/record-facts.ts';
import { chunksOf } from './streams.ts';

/** Puts a batch of these lines into a store, through the pipeline. */
export async function storeLines(
  store: BatchStore,
  id: BatchId<Minute>,
  lines: readonly string[],
): Promise<CommittedBatch> {
  const writer = await store.create(id);
  await ingest(id.feed, chunksOf(Buffer.from(lines.map((line) => `${line}\n`).join(''))), writer);
  return writer.commit();
}

/** Puts a batch of these very bytes, line by line, into a store. */
export async function storeBytes(
  store: BatchStore,
  id: BatchId<Minute>,
  lines: readonly Buffer[],
): Promise<CommittedBatch> {
  const writer = await store.create(id);
  for (const line of lines) await writer.append(line, factsOf(id.feed, line));
  return writer.commit();
}

/** Lines of digits, of these many bytes. */
export function linesOfSizes(...sizes: readonly number[]): Buffer[] {
  return sizes.map((size, at) => Buffer.alloc(size, String(at % 10)));
}

/** What a batch of these lines is as plain text. */
export function plainOf(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}
