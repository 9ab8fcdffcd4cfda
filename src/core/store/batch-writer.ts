import type { RecordFacts } from '../feed/record-facts.ts';
import { onDisk } from '../common/disk-error.ts';
import { moveIntoPlace, writeFileAtomically } from './atomic-file.ts';
import type { FileSystem, WritableFile } from './file-system.ts';
import type { FrameCodec } from './frame-codec.ts';
import { IndexBuilder } from './index-builder.ts';
import { publishPartial, removePartial } from './partial-batch.ts';
import type { PartialEnding } from './partial-batch.ts';
import { encodeSeekTable, sealOf } from './seek-table.ts';
import type { FrameSpan } from './seek-table.ts';

/** Plain bytes of a frame: small enough to read one record fast, large enough to pack well (measured). */
const FRAME_BYTES = 256 * 1024;
/** The first frame is smaller: where a batch was packed in small blocks, its first record is readable earlier (measured). */
const FIRST_FRAME_BYTES = 64 * 1024;
const NEWLINE = Buffer.from('\n');

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
  private pending: Buffer[] = [];
  private pendingSize = 0;
  private plainSize = 0;
  private fileSize = 0;
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

  /** Takes the next record. A promise only where a frame was full and has to be written first: most records are kept at once. */
  append(line: Buffer, facts: RecordFacts): Promise<void> | undefined {
    this.index.add(line.length, facts);
    this.pending.push(line, NEWLINE);
    this.pendingSize += line.length + 1;
    const full = this.frames.length === 0 ? FIRST_FRAME_BYTES : FRAME_BYTES;
    return this.pendingSize < full ? undefined : this.flushAndPublish();
  }

  /** Index first, batch file last: a batch file that is there is whole. When it fails, nothing of it is. */
  async commit(): Promise<CommittedBatch> {
    await this.flush();
    const { paths, files, frames, plainSize } = this;
    const { mark, index } = this.ending();
    await onDisk(async () => {
      await this.write(mark);
      await this.file.sync();
      await this.file.close();
      await writeFileAtomically(paths.index, index, files, paths.temporaryIndex);
      await this.show();
    });
    await removePartial(paths.temporary, files);
    return { count: this.index.count, bytes: this.fileSize + index.length, plainSize, frames };
  }

  /** Takes back what was written. May be called at any time, also after a failed commit; what stays is swept later. */
  async discard(): Promise<void> {
    await this.file.close().catch(() => undefined);
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

  private async flushAndPublish(): Promise<void> {
    await this.flush();
    if (this.onReadable === undefined || this.plainSize < this.publishAt) return;
    this.publishAt = 2 * this.plainSize;
    const isPublished = await publishPartial(this.paths.temporary, this.ending(), this.files);
    if (isPublished) this.onReadable(this.index.count);
  }

  /** What stands at the end of the batch file, and beside it, were the frames so far all of it. */
  private ending(): PartialEnding {
    const table = encodeSeekTable(this.frames);
    return { mark: this.codec.endMark.wrap(table), index: this.index.build(sealOf(table)) };
  }

  private async flush(): Promise<void> {
    if (this.pendingSize === 0) return;
    const plain = Buffer.concat(this.pending, this.pendingSize);
    const frame = this.codec.pack(plain);
    const at = this.fileSize;
    await onDisk(() => this.write(frame));
    const checksum = this.codec.checksumOf(frame);
    this.frames.push({ at, size: frame.length, plainSize: plain.length, checksum });
    this.index.endFrame();
    this.plainSize += plain.length;
    this.pending = [];
    this.pendingSize = 0;
  }

  private async write(bytes: Buffer): Promise<void> {
    await this.file.writeFile(bytes);
    this.fileSize += bytes.length;
  }
}
