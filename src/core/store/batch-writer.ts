import type { RecordFacts } from '../feed/record-facts.ts';
import { onDisk } from '../common/disk-error.ts';
import { moveIntoPlace, writeFileAtomically } from './atomic-file.ts';
import type { FileSystem, WritableFile } from './file-system.ts';
import type { FrameCodec } from './frame-codec.ts';
import { IndexBuilder } from './index-builder.ts';
import { publishPartial, removePartial } from './partial-batch.ts';
import type { PartialEnding } from './partial-batch.ts';
import { PlainFrame } from './plain-frame.ts';
import { encodeSeekTable, sealOf } from './seek-table.ts';
import type { FrameSpan } from './seek-table.ts';
import { WriteBehind } from './write-behind.ts';

/** Plain bytes of a frame: small enough to read one record fast, large enough to pack well (measured). */
const FRAME_BYTES = 256 * 1024;
/** The first frame is smaller: where a batch was packed in small blocks, its first record is readable earlier (measured). */
const FIRST_FRAME_BYTES = 64 * 1024;
/** A frame is full when it is at least as long: a record of an uncommon length fits in besides. */
const FRAME_CAPACITY = 2 * FRAME_BYTES;

/** Paths one batch is written under. Temporary files lie in the same folder, so that a rename moves them. */
export interface BatchPaths {
  readonly batch: string;
  readonly temporary: string;
  readonly index: string;
  readonly temporaryIndex: string;
}

/** A batch that is in the store now. Sizes in bytes. */
export interface CommittedBatch {
  /** Records. */
  readonly count: number;
  /** On disk, with its index. */
  readonly bytes: number;
  readonly plainSize: number;
  readonly frames: readonly FrameSpan[];
}

/**
 * Writes one batch frame by frame into a temporary file. {@link commit} makes it visible, whole and on disk;
 * until then, or after {@link discard}, there is no batch. A record never spans two frames.
 */
export class BatchWriter {
  private readonly frames: FrameSpan[] = [];
  private readonly index: IndexBuilder;
  private readonly frame = new PlainFrame(FRAME_CAPACITY);
  private readonly written: WriteBehind;
  private plainSize = 0;
  private onReadable: ((records: number) => void) | undefined;
  /** Plain bytes at which what is written is published next. */
  private publishAt = 0;

  private constructor(
    private readonly paths: BatchPaths,
    private readonly codec: FrameCodec,
    private readonly files: FileSystem,
    private readonly file: WritableFile,
  ) {
    this.index = new IndexBuilder(codec);
    this.written = new WriteBehind(file);
  }

  static async create(paths: BatchPaths, codec: FrameCodec, files: FileSystem): Promise<BatchWriter> {
    const file = await onDisk(() => files.create(paths.temporary));
    return new BatchWriter(paths, codec, files, file);
  }

  /**
   * From now on the records written so far can be read before the commit (see `openPartial`). `onReadable` is told
   * how many they are, the first time early and then whenever the batch has doubled.
   */
  publish(onReadable: (records: number) => void): void {
    this.onReadable = onReadable;
  }

  /** Takes the next record; `line` may be used again afterwards. A promise only where the disk has to be waited for. */
  append(line: Buffer, facts: RecordFacts): Promise<void> | undefined {
    this.index.add(line.length, facts);
    this.frame.add(line);
    const full = this.frames.length === 0 ? FIRST_FRAME_BYTES : FRAME_BYTES;
    if (this.frame.size < full) return undefined;
    const writing = this.endFrame();
    const isDue = this.onReadable !== undefined && this.plainSize >= this.publishAt;
    return isDue ? this.publishNow() : writing;
  }

  /** Index first, batch file last: a batch file that is there is whole. When it fails, nothing of it is. */
  async commit(): Promise<CommittedBatch> {
    await this.endFrame();
    const { paths, files, frames, plainSize, written } = this;
    const { mark, index } = this.ending();
    await written.add(mark);
    await written.finish();
    await onDisk(async () => {
      await this.file.sync();
      await written.close();
      await writeFileAtomically(paths.index, index, files, paths.temporaryIndex);
      await this.show();
    });
    await removePartial(paths.temporary, files);
    return { count: this.index.count, bytes: written.size + index.length, plainSize, frames };
  }

  /** Takes back what was written. May be called at any time, also after a failed commit; what stays is swept later. */
  async discard(): Promise<void> {
    await this.written.close().catch(() => undefined);
    await removePartial(this.paths.temporary, this.files);
    await this.files.rm(this.paths.temporary).catch(() => undefined);
  }

  private async show(): Promise<void> {
    const { paths, files } = this;
    try {
      await moveIntoPlace(paths.temporary, paths.batch, files);
    } catch (error) {
      await files.rm(paths.index).catch(() => undefined);
      throw error;
    }
  }

  private async publishNow(): Promise<void> {
    this.publishAt = 2 * this.plainSize;
    await this.written.finish();
    const isPublished = await publishPartial(this.paths.temporary, this.ending(), this.files);
    if (isPublished) this.onReadable?.(this.index.count);
  }

  /** What stands at the end of the batch file, and beside it, were the frames so far all of it. */
  private ending(): PartialEnding {
    const table = encodeSeekTable(this.frames);
    return { mark: this.codec.endMark.wrap(table), index: this.index.build(sealOf(table)) };
  }

  /** Packs what was taken since the frame before, if anything. */
  private endFrame(): Promise<void> | undefined {
    if (this.frame.size === 0) return undefined;
    const plain = this.frame.take();
    const packed = this.codec.pack(plain);
    const checksum = this.codec.checksumOf(packed);
    this.frames.push({ at: this.written.size, size: packed.length, plainSize: plain.length, checksum });
    this.index.endFrame();
    this.plainSize += plain.length;
    return this.written.add(packed);
  }
}
