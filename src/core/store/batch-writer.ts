import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { RecordFacts } from '../feed/record-facts.ts';
import { INDEX_VERSION, serializeIndex } from './batch-index.ts';
import type { BatchIndex, FrameSpan, IndexedRecord } from './batch-index.ts';
import { onDisk } from '../common/disk-error.ts';
import type { FrameCodec } from './frame-codec.ts';
import { writeFileAtomically } from './atomic-file.ts';

/** Plain bytes of a frame: small enough to read one record fast, large enough to pack well (measured). */
const FRAME_BYTES = 256 * 1024;
const NEWLINE = Buffer.from('\n');

/** Paths one batch is written under. The temporary file lies in the same folder, so that a rename moves it. */
export interface BatchPaths {
  readonly batch: string;
  readonly index: string;
  readonly temporary: string;
}

/**
 * Writes one batch frame by frame into a temporary file. {@link commit} makes it visible, whole and on disk;
 * until then, or after {@link discard}, there is no batch. A record never spans two frames.
 */
export class BatchWriter {
  private readonly frames: FrameSpan[] = [];
  private readonly records: IndexedRecord[] = [];
  private pending: Buffer[] = [];
  private pendingSize = 0;
  private plainSize = 0;
  private fileSize = 0;

  private constructor(
    private readonly paths: BatchPaths,
    private readonly codec: FrameCodec,
    private readonly file: FileHandle,
  ) {}

  static async create(paths: BatchPaths, codec: FrameCodec): Promise<BatchWriter> {
    const file = await onDisk(() => open(paths.temporary, 'wx', 0o600));
    return new BatchWriter(paths, codec, file);
  }

  async append(line: Buffer, facts: RecordFacts): Promise<void> {
    this.records.push({ at: this.plainSize + this.pendingSize, size: line.length, facts });
    this.pending.push(line, NEWLINE);
    this.pendingSize += line.length + 1;
    if (this.pendingSize >= FRAME_BYTES) await this.flush();
  }

  /** Index first, batch file last: a batch file that is there is whole. */
  async commit(): Promise<BatchIndex> {
    await this.flush();
    const { codec, fileSize, plainSize, frames, records } = this;
    const index: BatchIndex = {
      version: INDEX_VERSION,
      count: records.length,
      codec: codec.name,
      fileSize,
      plainSize,
      frames,
      records,
    };
    await onDisk(async () => {
      await this.file.sync();
      await this.file.close();
      await writeFileAtomically(this.paths.index, serializeIndex(index));
      await rename(this.paths.temporary, this.paths.batch);
    });
    return index;
  }

  /** Takes back what was written. May be called at any time, also after a failed commit. */
  async discard(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await onDisk(() => rm(this.paths.temporary, { force: true }));
  }

  private async flush(): Promise<void> {
    if (this.pendingSize === 0) return;
    const frame = this.codec.pack(Buffer.concat(this.pending, this.pendingSize));
    const span = {
      at: this.fileSize,
      size: frame.length,
      plainAt: this.plainSize,
      plainSize: this.pendingSize,
    };
    await onDisk(() => this.file.writeFile(frame));
    this.frames.push(span);
    this.fileSize += frame.length;
    this.plainSize += this.pendingSize;
    this.pending = [];
    this.pendingSize = 0;
  }
}
