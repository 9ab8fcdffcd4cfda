import { damagedBzip2, emptyBody, levelOf, notBzip2 } from './bzip2-errors.ts';
import type { UnpackedBlock } from './block-crew.ts';
import { MARK_BITS } from './marks.ts';
import type { Segment } from './packed-segments.ts';

const HEADER_BYTES = 4;
const SYMBOLS_PER_LEVEL = 100_000;

/**
 * Follows the streams of a file from header to end, and holds each piece against what has to come next. What fails
 * here is `emptyBody`, `notBzip2` or `corrupt`.
 */
export class StreamChecks {
  /** The bit at which the next true mark has to begin. */
  expected = 0;
  private level = 0;
  private crc = 0;

  /** What lies before the first mark: the first stream's header. */
  open({ bytes, end }: Segment): void {
    if (bytes.length === 0) throw emptyBody();
    this.openStream(bytes, 0);
    if (end !== this.expected) throw damagedBzip2();
  }

  /** A block that was unpacked, of a segment that began where it was expected. */
  addBlock(segment: Segment, { endBit, symbols, crc }: UnpackedBlock): void {
    this.expected = Math.floor(segment.bit / 8) * 8 + endBit;
    if (this.expected !== segment.end || symbols > this.level * SYMBOLS_PER_LEVEL) throw damagedBzip2();
    this.crc = (((this.crc << 1) | (this.crc >>> 31)) ^ crc) >>> 0;
  }

  /**
   * A stream's end: its check, and the header of the next one where there is one. Tells what follows: another stream,
   * nothing, or bytes that belong to none.
   */
  endStream({ bit, end, bytes }: Segment): 'stream' | 'nothing' | 'otherBytes' {
    const first = Math.floor(bit / 8);
    const checkBit = (bit % 8) + MARK_BITS;
    const behind = Math.ceil((checkBit + 32) / 8);
    if (bytes.length < behind || bitsAt(bytes, checkBit) !== this.crc) throw damagedBzip2();
    if (bytes.length === behind) return 'nothing';
    const head = bytes.subarray(behind, behind + HEADER_BYTES);
    if (levelOf(head) === undefined) {
      if (isCutHeader(head)) throw damagedBzip2();
      return 'otherBytes';
    }
    this.openStream(head, first + behind);
    if (end !== this.expected) throw damagedBzip2();
    return 'stream';
  }

  private openStream(head: Buffer, at: number): void {
    const level = levelOf(head);
    if (level === undefined) throw notBzip2(head);
    this.level = level;
    this.crc = 0;
    this.expected = (at + HEADER_BYTES) * 8;
  }
}

/** What may be the beginning of one more stream is taken for it: better an error than a batch that lost its end. */
function isCutHeader(head: Buffer): boolean {
  return head.length < HEADER_BYTES && 'BZh'.startsWith(head.toString('latin1'));
}

/** 32 bits from bit `at` on. */
function bitsAt(bytes: Buffer, at: number): number {
  const from = Math.floor(at / 8);
  const shift = at % 8;
  const high = bytes.readUInt32BE(from);
  const low = bytes[from + 4] ?? 0;
  return ((high << shift) | (low >> (8 - shift))) >>> 0;
}
