import { VtFeedsError } from '../common/errors.ts';
import { diskError, isNotFound } from '../common/disk-error.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Minute } from '../feed/slot.ts';
import type { FileSystem, ReadableFile } from './file-system.ts';
import type { FrameCodec } from './frame-codec.ts';
import { SEEK_FOOTER_BYTES, decodeSeekTable, sealOf, seekTableSize } from './seek-table.ts';
import type { FrameSpan } from './seek-table.ts';
import { damagedBatch, notStored, storedAnew } from './store-errors.ts';
import { withFile } from './with-file.ts';

/** The mark of a batch of up to 1.4 GB of plain text. */
const TAIL_BYTES = 64 * 1024;

export interface BatchFileParts {
  readonly files: FileSystem;
  readonly id: BatchId<Minute>;
  readonly path: string;
  readonly codec: FrameCodec;
}

/**
 * The file a batch is in. It is open only while something is read, so that no handle has to be kept, and another
 * window may delete it. Reading fails with `notStored` where it is gone or another, with `corrupt` where it is damaged.
 */
export class BatchFile {
  constructor(
    readonly parts: BatchFileParts,
    readonly frames: readonly FrameSpan[],
    /** See `sealOf`. */
    readonly seal: number,
  ) {}

  /** Reads the table at the end of a committed file. */
  static open(parts: BatchFileParts): Promise<BatchFile> {
    return reading(parts.id, () =>
      withFile(parts.files, parts.path, async (file) => {
        const table = await readTable(file, parts.codec);
        return new BatchFile(parts, decodeSeekTable(table), sealOf(table));
      }),
    );
  }

  /** Plain texts of the frames `from` up to, not including, `to`. */
  async unpack(from: number, to: number): Promise<Buffer[]> {
    const { id, files, path } = this.parts;
    try {
      return await reading(id, () => withFile(files, path, (file) => this.unpackFrom(file, from, to)));
    } catch (error) {
      throw (await this.isReplaced()) ? storedAnew(id) : error;
    }
  }

  /** All of the plain text, a frame at a time. A file that is deleted meanwhile is read to its end. */
  async *plainFrames(): AsyncGenerator<Buffer> {
    const { id, files, path } = this.parts;
    const file = await reading(id, () => files.openRead(path));
    try {
      for (let frame = 0; frame < this.frames.length; frame++)
        yield* await reading(id, () => this.unpackFrom(file, frame, frame + 1));
    } finally {
      await reading(id, () => file.close());
    }
  }

  /** Whether another whole file has its name now. */
  private isReplaced(): Promise<boolean> {
    return BatchFile.open(this.parts).then(
      ({ seal }) => seal !== this.seal,
      () => false,
    );
  }

  private async unpackFrom(file: ReadableFile, from: number, to: number): Promise<Buffer[]> {
    const spans = this.frames.slice(from, to);
    const start = spans[0]?.at ?? 0;
    const packed = await file.read(
      start,
      spans.reduce((size, span) => size + span.size, 0),
    );
    return spans.map((span) =>
      unpackFrame(this.parts.codec, packed.subarray(span.at - start).subarray(0, span.size), span),
    );
  }
}

function unpackFrame(codec: FrameCodec, frame: Buffer, { size, plainSize, checksum }: FrameSpan): Buffer {
  if (frame.length !== size || codec.checksumOf(frame) !== checksum)
    throw new RangeError('not the frame that the table names');
  const plain = codec.unpack(frame, plainSize);
  if (plain.length !== plainSize) throw new RangeError('the frame is not as long as the table says');
  return plain;
}

/** The seek table in the file's end mark. Throws where the file does not end with one, or is not what it tells of. */
async function readTable(file: ReadableFile, { endMark }: FrameCodec): Promise<Buffer> {
  const { size } = await file.stat();
  const tailSize = Math.min(size, TAIL_BYTES);
  let tail = await file.read(size - tailSize, tailSize);
  const tableSize = seekTableSize(endMark.unwrap(tail, SEEK_FOOTER_BYTES));
  if (tableSize === undefined) throw new RangeError('the file does not end with its mark: it was cut short');
  const markSize = endMark.sizeFor(tableSize);
  if (markSize > size) throw new RangeError('the table is larger than the file');
  if (markSize > tail.length) tail = await file.read(size - markSize, markSize);
  const table = endMark.unwrap(tail, tableSize);
  const framesSize = decodeSeekTable(table).reduce((sum, frame) => sum + frame.size, 0);
  const isWhole = endMark.wrap(table).equals(tail.subarray(-markSize)) && framesSize + markSize === size;
  if (!isWhole) throw new RangeError('the file is not what its table tells of');
  return table;
}

/** Puts what goes wrong while a batch is read in words: what is no fault of the disk is one of the file. */
async function reading<T>(id: BatchId, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (isNotFound(error)) throw notStored(id, error);
    const known = diskError(error);
    throw known instanceof VtFeedsError ? known : damagedBatch(error);
  }
}
