import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError, isNotFound } from '../common/disk-error.ts';
import { TEMPORARY_EXTENSION, temporaryName } from '../common/temporary-name.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import { BatchFile } from './batch-file.ts';
import { BatchIndex } from './batch-index.ts';
import { BatchReader } from './batch-reader.ts';
import { memorySource } from './byte-source.ts';
import type { FileSystem } from './file-system.ts';
import { CODECS } from './frame-codec.ts';
import { minuteStem } from './layout.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { SEEK_FOOTER_BYTES, decodeSeekTable, sealOf, seekTableSize } from './seek-table.ts';

/** Ending of a partial index. Before it stands its temporary file's name, so that an owner's sweep takes both. */
const PARTIAL_EXTENSION = `.partial${TEMPORARY_EXTENSION}`;

/** What would stand at the end of a batch file and beside it, were its frames so far all of it. */
export interface PartialEnding {
  readonly mark: Buffer;
  readonly index: Buffer;
}

/**
 * Makes the frames that `ending` names readable, though `temporary` is still being written; the next call replaces it
 * as a whole. It never outlives the temporary file, so nothing waits for the disk. False where it could not be
 * written: reading early is worth no failure, and what is wrong with the disk shows at the next frame.
 */
export async function publishPartial(
  temporary: string,
  { mark, index }: PartialEnding,
  files: FileSystem,
): Promise<boolean> {
  const path = partialPath(temporary);
  const next = temporaryName(path);
  try {
    const file = await files.create(next);
    await file.writeFile(Buffer.concat([index, mark])).finally(() => file.close());
    await files.rename(next, path);
    return true;
  } catch {
    await files.rm(next).catch(() => undefined);
    return false;
  }
}

/** What cannot be removed now is swept with the other temporary files. */
export async function removePartial(temporary: string, files: FileSystem): Promise<void> {
  await files.rm(partialPath(temporary)).catch(() => undefined);
}

/**
 * Opens what can be read so far of a minute that is being written; of several downloads the one that told last.
 * Undefined where there is none. Its records are the batch's first; reading them fails with `notStored` once the
 * batch was committed or taken back.
 */
export async function openPartial(root: string, id: BatchId<Minute>): Promise<BatchReader | undefined> {
  const stem = minuteStem(root, id);
  const isPartial = (name: string): boolean =>
    name.startsWith(`${basename(stem)}.`) && name.endsWith(PARTIAL_EXTENSION);
  try {
    const paths = (await readdir(dirname(stem))).filter(isPartial).map((name) => join(dirname(stem), name));
    const dated = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
    const newest = dated.sort((one, other) => other.at - one.at)[0];
    if (newest === undefined) return undefined;
    return await readerOf(id, temporaryOf(newest.path), await readFile(newest.path));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw diskError(error);
  }
}

function partialPath(temporary: string): string {
  return temporary.slice(0, -TEMPORARY_EXTENSION.length) + PARTIAL_EXTENSION;
}

function temporaryOf(partial: string): string {
  return partial.slice(0, -PARTIAL_EXTENSION.length) + TEMPORARY_EXTENSION;
}

/** Undefined where `partial` is not what {@link publishPartial} writes. */
async function readerOf(
  id: BatchId<Minute>,
  path: string,
  partial: Buffer,
): Promise<BatchReader | undefined> {
  for (const codec of CODECS) {
    const tableSize = seekTableSize(codec.endMark.unwrap(partial, SEEK_FOOTER_BYTES));
    if (tableSize === undefined) continue;
    const table = codec.endMark.unwrap(partial, tableSize);
    const file = new BatchFile(
      { files: nodeFileSystem, id, path, codec },
      decodeSeekTable(table),
      sealOf(table),
    );
    const index = await BatchIndex.open(memorySource(partial), codec, file.seal);
    return index === undefined ? undefined : new BatchReader(file, index, () => Promise.resolve(index));
  }
  return undefined;
}
