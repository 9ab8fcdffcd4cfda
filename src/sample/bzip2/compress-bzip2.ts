import { BitWriter } from './bit-writer.ts';
import { addToStreamCrc, blockCrc } from './block-crc.ts';
import { runLengthEncode } from './run-length.ts';
import { writeBlock } from './write-block.ts';

/** bzip2 itself keeps this much of a block free. */
const BLOCK_RESERVE = 19;

/**
 * Compresses `data` to one bzip2 stream, as `bzip2` would (its format, not its every bit).
 * `level` 1 to 9 is the block size in 100,000 bytes. No data gives the stream of an empty file.
 */
export function compressBzip2(data: Uint8Array, level = 9): Buffer<ArrayBuffer> {
  if (!Number.isInteger(level) || level < 1 || level > 9) throw new RangeError('bzip2 levels are 1 to 9');
  const out = new BitWriter();
  for (const character of Buffer.from(`BZh${String(level)}`, 'latin1')) out.write(8, character);
  const block = new Uint8Array(level * 100_000 - BLOCK_RESERVE);
  let streamCrc = 0;
  for (let at = 0; at < data.length;) {
    const { length, next } = runLengthEncode(data, at, block);
    const crc = blockCrc(data, at, next);
    writeBlock(out, block.subarray(0, length), crc);
    streamCrc = addToStreamCrc(streamCrc, crc);
    at = next;
  }
  out.write(24, 0x177245);
  out.write(24, 0x385090);
  out.writeUint32(streamCrc);
  return out.finish();
}
