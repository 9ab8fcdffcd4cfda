import { crc32 } from 'node:zlib';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { FrameCodec } from './frame-codec.ts';
import { readLines } from './line-frames.ts';
import type { LineFrames } from './line-frames.ts';

/** First record, packed size and plain size of a frame, each 4 bytes. */
export const FACT_SPAN_BYTES = 12;

export interface FactsSectionParts {
  /** Records of the batch. */
  readonly count: number;
  /** A table of {@link FACT_SPAN_BYTES} for each frame. */
  readonly spans: Buffer;
  /** Checksum of the packed frames. */
  readonly crc: number;
  /** Reads the packed frames; asked when the first facts are. */
  readonly load: () => Promise<Buffer>;
  readonly codec: FrameCodec;
}

/** The facts of a batch's records: lines of JSON, packed in frames. */
export class FactsSection {
  private packed: Promise<Buffer> | undefined;

  constructor(private readonly parts: FactsSectionParts) {}

  /** Facts of the records `from` up to, not including, `to`. */
  async read(from: number, to: number): Promise<RecordFacts[]> {
    const { spans, count } = this.parts;
    const frames: LineFrames = {
      frameCount: spans.length / FACT_SPAN_BYTES,
      lineCount: count,
      firstLine: (frame) => spans.readUInt32LE(frame * FACT_SPAN_BYTES),
      unpack: (first, end) => this.unpack(first, end),
    };
    const lines = await readLines(frames, from, to);
    return lines.map((line) => JSON.parse(line.toString('utf8')) as RecordFacts);
  }

  private async unpack(first: number, end: number): Promise<Buffer[]> {
    this.packed ??= this.load();
    const packed = await this.packed;
    const { spans, codec } = this.parts;
    const plains: Buffer[] = [];
    for (let frame = 0, at = 0; frame < end; frame++) {
      const size = spans.readUInt32LE(frame * FACT_SPAN_BYTES + 4);
      const plainSize = spans.readUInt32LE(frame * FACT_SPAN_BYTES + 8);
      if (frame >= first) plains.push(codec.unpack(packed.subarray(at, at + size), plainSize));
      at += size;
    }
    return plains;
  }

  private async load(): Promise<Buffer> {
    const packed = await this.parts.load();
    if (crc32(packed) !== this.parts.crc) throw new RangeError('the facts do not fit their checksum');
    return packed;
  }
}
