import { MAX_BLOCK_BYTES } from './block-crew.ts';
import type { PackedBlock } from './block-crew.ts';
import { MARK_BITS, MarkFinder } from './marks.ts';
import type { MarkKind } from './marks.ts';

/** Before the first mark there is a header; what looks like a mark in it is none. */
const HEADER_BITS = 32;
/** Where a head is longer, it is none of bzip2: enough to tell of what it is. */
const MAX_HEAD_BYTES = 64;

/** Packed bytes from one mark up to the next: a block if the marks are true ones. Bits count from the input's start. */
export interface Segment {
  /** `head`: what lies before the first mark; `rest`: what goes on where a segment was cut. */
  readonly kind: MarkKind | 'head' | 'rest';
  readonly bit: number;
  /** The bit behind its last: the next mark's first, or the end of the input. */
  readonly end: number;
  /** From the byte in which it begins to the byte in which it ends. */
  readonly bytes: Buffer;
}

type SegmentStart = Pick<Segment, 'kind' | 'bit'>;

/** Cuts packed bytes into segments as they come. One that is too long to be of use is cut. */
export async function* packedSegments(packed: AsyncIterable<Buffer>): AsyncGenerator<Segment> {
  const finder = new MarkFinder();
  const window = new PackedWindow();
  let open: SegmentStart = { kind: 'head', bit: 0 };
  for await (const chunk of packed) {
    window.append(chunk);
    for (const mark of finder.push(chunk)) {
      if (mark.bit < HEADER_BITS) continue;
      yield { ...open, end: mark.bit, bytes: window.take(open.bit, mark.bit) };
      open = mark;
    }
    // A mark of which the beginning has come lies in the bytes behind the limit.
    for (let limit = limitOf(open); window.end > limit + MARK_BITS / 8; limit = limitOf(open)) {
      yield { ...open, end: limit * 8, bytes: window.take(open.bit, limit * 8) };
      open = { kind: 'rest', bit: limit * 8 };
    }
  }
  yield { ...open, end: window.end * 8, bytes: window.take(open.bit, window.end * 8) };
}

/** The byte at which a segment is cut. */
function limitOf({ kind, bit }: SegmentStart): number {
  return Math.floor(bit / 8) + (kind === 'head' ? MAX_HEAD_BYTES : MAX_BLOCK_BYTES);
}

/** A segment as a block. */
export function packedBlock({ bytes, bit, end }: Segment): PackedBlock {
  const firstBit = bit % 8;
  return { bytes, firstBit, endBit: firstBit + end - bit };
}

/** A segment with the one behind it. */
export function joined(first: Segment, next: Segment): Segment {
  const shared = first.end % 8 === 0 ? 0 : 1;
  return { ...first, end: next.end, bytes: Buffer.concat([first.bytes, next.bytes.subarray(shared)]) };
}

/** The bytes that were not taken yet. */
class PackedWindow {
  private buffer = Buffer.alloc(0);
  /** Where the window begins in the input, and how much of the buffer is in use; bytes. */
  private start = 0;
  private size = 0;

  /** Where the input ends as far as it is known, bytes. */
  get end(): number {
    return this.start + this.size;
  }

  append(chunk: Buffer): void {
    if (this.size + chunk.length > this.buffer.length) {
      const grown = Buffer.allocUnsafe((this.size + chunk.length) * 2);
      this.buffer.copy(grown, 0, 0, this.size);
      this.buffer = grown;
    }
    chunk.copy(this.buffer, this.size);
    this.size += chunk.length;
  }

  /** A copy of the bytes that hold the bits `first` up to `end`. What lies before byte `end / 8` is let go. */
  take(first: number, end: number): Buffer {
    const from = Math.floor(first / 8) - this.start;
    const taken = Buffer.from(this.buffer.subarray(from, Math.ceil(end / 8) - this.start));
    const kept = Math.floor(end / 8) - this.start;
    this.buffer.copyWithin(0, kept, this.size);
    this.start += kept;
    this.size -= kept;
    return taken;
  }
}
