import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VtFeedsError } from '../common/errors.ts';
import { diskError } from '../common/disk-error.ts';
import { temporaryName } from '../common/temporary-name.ts';
import type { BatchId } from '../feed/batch-id.ts';
import { isMinute, minutesOf } from '../feed/slot.ts';
import { slotText } from '../feed/slot-text.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { openBatch } from './open-batch.ts';

/** Records read at a time, so that an hour never is in memory as a whole. */
const STEP = 256;

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
    await pipeline(Readable.from(lines(store, batch, counted)), file, { signal });
    if (counted.records === 0)
      throw new VtFeedsError('notStored', `Nothing of ${slotText(batch.slot)} is in the store.`);
    await rename(temporary, target);
    return { records: counted.records, bytes: file.bytesWritten };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, target);
  }
}

async function* lines(
  store: BatchStore,
  { feed, slot }: BatchId,
  counted: { records: number },
): AsyncGenerator<Buffer> {
  for (const minute of isMinute(slot) ? [slot] : minutesOf(slot)) {
    const batch = { feed, slot: minute };
    if ((await store.find(batch)) === undefined) continue;
    const reader = await openBatch(store, batch);
    for (let from = 0; from < reader.index.records.length; from += STEP) {
      for (const line of await reader.readLines(from, from + STEP)) {
        counted.records++;
        yield Buffer.concat([line, Buffer.from('\n')]);
      }
    }
  }
}
