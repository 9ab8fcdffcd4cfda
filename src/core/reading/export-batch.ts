import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VtFeedsError, hasCode } from '../common/errors.ts';
import { diskError } from '../common/disk-error.ts';
import { temporaryName } from '../common/temporary-name.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { isMinute, minutesOf } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { slotText } from '../feed/slot-text.ts';
import type { BatchReader } from '../store/batch-reader.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { nodeFileSystem } from '../store/node-file-system.ts';

/** Writes a batch, or what is there of an hour, as JSON lines to `target`: every record's exact bytes. */
export async function exportBatch(
  store: BatchStore,
  batch: BatchId,
  target: string,
  signal: AbortSignal,
): Promise<{ readonly records: number; readonly bytes: number }> {
  const temporary = temporaryName(target);
  const file = createWriteStream(temporary, { flags: 'wx', flush: true });
  const counted = { records: 0 };
  try {
    await pipeline(Readable.from(plainText(store, batch, counted)), file, { signal });
    if (counted.records === 0)
      throw new VtFeedsError('notStored', `Nothing of ${slotText(batch.slot)} is in the store.`);
    await nodeFileSystem.rename(temporary, target);
    return { records: counted.records, bytes: file.bytesWritten };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, target);
  }
}

async function* plainText(
  store: BatchStore,
  { feed, slot }: BatchId,
  counted: { records: number },
): AsyncGenerator<Buffer> {
  for (const minute of isMinute(slot) ? [slot] : minutesOf(slot)) {
    const reader = await openStored(store, { feed, slot: minute });
    if (reader === undefined) continue;
    counted.records += reader.count;
    yield* reader.plainText();
  }
}

async function openStored(store: BatchStore, id: BatchId<Minute>): Promise<BatchReader | undefined> {
  try {
    return await store.open(id);
  } catch (error) {
    if (hasCode(error, 'notStored')) return undefined;
    throw error;
  }
}
