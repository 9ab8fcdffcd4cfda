import { factsOf } from '../feed/record-facts.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { BatchFile } from './batch-file.ts';
import type { BatchIndex } from './batch-index.ts';
import { FrameCache } from './frame-cache.ts';
import { readLines } from './line-frames.ts';
import { damagedBatch } from './store-errors.ts';

/** Plain text kept of a batch: neighbours of a record are often asked for next. */
const CACHE_BYTES = 4 * 1024 * 1024;

/**
 * Reads records of one batch by their place in it or their id. It holds nothing open. Everything fails with `corrupt`
 * on a damaged file, and with `notStored` once the batch has been deleted.
 */
export class BatchReader {
  private readonly recent: FrameCache;

  /** `makeIndex` gets a new index where the one at hand turns out to be gone or damaged. */
  constructor(
    private readonly file: BatchFile,
    private index: BatchIndex,
    private readonly makeIndex: () => Promise<BatchIndex>,
  ) {
    this.recent = new FrameCache(CACHE_BYTES, (from, to) => file.unpack(from, to));
  }

  /** How many records there are. */
  get count(): number {
    return this.index.count;
  }

  /** Bytes of each record, by its place. */
  sizes(): readonly number[] {
    return this.index.sizes();
  }

  /** The exact bytes of the records `from` up to, not including, `to`. */
  async readLines(from: number, to: number): Promise<Buffer[]> {
    const frames = {
      frameCount: this.file.frames.length,
      lineCount: this.count,
      firstLine: (frame: number) => this.index.firstRecord(frame),
      unpack: (first: number, end: number) => this.recent.read(first, end),
    };
    try {
      return await readLines(frames, from, to);
    } catch (error) {
      throw error instanceof RangeError ? damagedBatch(error) : error;
    }
  }

  /** What is known of the records `from` up to, not including, `to`, without reading them. */
  async readFacts(from = 0, to = this.count): Promise<RecordFacts[]> {
    try {
      return await this.index.readFacts(from, to);
    } catch {
      this.index = await this.makeIndex();
      return this.index.readFacts(from, to);
    }
  }

  /** The exact bytes of the first record with this id; undefined where there is none. */
  async findLine(id: string): Promise<Buffer | undefined> {
    const { feed } = this.file.parts.id;
    for (const at of this.index.recordsLike(id)) {
      const [line] = await this.readLines(at, at + 1);
      if (line !== undefined && factsOf(feed, line).id === id) return line;
    }
    return undefined;
  }

  /** All of the batch, record after record, each with its newline; a frame at a time. */
  plainText(): AsyncGenerator<Buffer> {
    return this.file.plainFrames();
  }
}
