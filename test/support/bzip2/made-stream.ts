import { BitWriter } from '../../../src/sample/bzip2/bit-writer.ts';
import { addToStreamCrc, blockCrc } from '../../../src/sample/bzip2/block-crc.ts';
import { runLengthEncode } from '../../../src/sample/bzip2/run-length.ts';
import { writeBlock } from '../../../src/sample/bzip2/write-block.ts';

/** A packed block, to be put at any bit of a stream; the bits behind `bits` are of no account. */
export interface MadeBlock {
  readonly bytes: Buffer;
  readonly bits: number;
  readonly crc: number;
}

/** Packs what fits into one block. */
export function blockOf(plain: Uint8Array): MadeBlock {
  const text = new Uint8Array(900_000);
  const { length, next } = runLengthEncode(plain, 0, text);
  if (next < plain.length) throw new RangeError('too much for one block');
  return blockOfText(text.subarray(0, length), blockCrc(plain, 0, plain.length));
}

/** Packs a text whose runs are packed already; `crc` is the check of what it becomes. */
export function blockOfText(text: Uint8Array, crc: number): MadeBlock {
  const out = new BitWriter();
  writeBlock(out, text, crc);
  return madeBlock(out, crc);
}

/** A block of less than a hundred bytes that becomes `runs` times 255 zeros; 180,000 of them are the most. */
export function blockOfZeros(runs: number): MadeBlock {
  const plain = Buffer.alloc(runs * 255);
  const text = Buffer.alloc(runs * 5, '\0\0\0\0\u00fb', 'latin1');
  return blockOfText(text, blockCrc(plain, 0, plain.length));
}

/** What was written so far, as a block. */
export function madeBlock(out: BitWriter, crc: number): MadeBlock {
  // A last one tells where the bits end.
  out.write(1, 1);
  const bytes = out.finish();
  const last = bytes.at(-1) ?? 0;
  return { bytes, bits: bytes.length * 8 - 1 - Math.log2(last & -last), crc };
}

/** A stream of these blocks. */
export function streamOf(level: number, blocks: readonly MadeBlock[]): Buffer {
  const out = new BitWriter();
  for (const character of Buffer.from(`BZh${String(level)}`)) out.write(8, character);
  for (const { bytes, bits } of blocks) {
    for (const byte of bytes.subarray(0, bits >> 3)) out.write(8, byte);
    const left = bits & 7;
    if (left > 0) out.write(left, (bytes[bits >> 3] ?? 0) >> (8 - left));
  }
  out.write(24, 0x177245);
  out.write(24, 0x385090);
  out.writeUint32(blocks.reduce((stream, { crc }) => addToStreamCrc(stream, crc), 0));
  return out.finish();
}
