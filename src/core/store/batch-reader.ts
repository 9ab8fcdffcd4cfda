import { open } from 'node:fs/promises';
import type { BatchIndex, FrameSpan, IndexedRecord } from './batch-index.ts';
import { VtFeedsError } from '../common/errors.ts';
import { onDisk } from '../common/disk-error.ts';
import { codecNamed } from './frame-codec.ts';

/** Reads records of one committed batch by their place in it. */
export class BatchReader {
  constructor(
    private readonly path: string,
    readonly index: BatchIndex,
  ) {}

  /** The exact bytes of the records `from` up to, not including, `to`. Fails with `corrupt` on a damaged file. */
  async readLines(from: number, to: number): Promise<Buffer[]> {
    const wanted = this.index.records.slice(from, to);
    const first = wanted[0];
    const last = wanted.at(-1);
    if (first === undefined || last === undefined) return [];
    const frames = this.index.frames.filter(
      (frame) => frame.plainAt + frame.plainSize > first.at && frame.plainAt <= last.at,
    );
    const plain = await this.readFrames(frames);
    const base = frames[0]?.plainAt ?? 0;
    return wanted.map((record: IndexedRecord) =>
      plain.subarray(record.at - base, record.at - base + record.size),
    );
  }

  private async readFrames(frames: readonly FrameSpan[]): Promise<Buffer> {
    const first = frames[0];
    const last = frames.at(-1);
    if (first === undefined || last === undefined) return Buffer.alloc(0);
    const packed = Buffer.alloc(last.at + last.size - first.at);
    await onDisk(async () => {
      const file = await open(this.path, 'r');
      try {
        await file.read(packed, 0, packed.length, first.at);
      } finally {
        await file.close();
      }
    });
    const codec = codecNamed(this.index.codec);
    try {
      return Buffer.concat(
        frames.map(({ at, size, plainSize }) => {
          const plain = codec.unpack(packed.subarray(at - first.at, at - first.at + size));
          if (plain.length !== plainSize) throw new RangeError('the frame is not as long as its index says');
          return plain;
        }),
      );
    } catch (error) {
      throw damagedBatch(error);
    }
  }
}

export function damagedBatch(cause: unknown): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'This batch is damaged on disk. Delete it and download it again.',
    {},
    { cause },
  );
}
