import { damagedBatch } from './batch-reader.ts';

const MAGIC = 0xfd2fb528;
const RLE_BLOCK = 1;

/**
 * Lengths of the Zstandard frames that follow each other in `file`, by their headers (RFC 8878, section 3.1.1);
 * Node.js unpacks only the first of several. Fails with `corrupt` where something else is met.
 */
export function zstdFrames(file: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  try {
    for (let at = 0; at < file.length; at += frames.at(-1)?.length ?? 0) {
      const end = frameEnd(file, at);
      if (end > file.length) throw new RangeError('frame ends beyond the file');
      frames.push(file.subarray(at, end));
    }
  } catch (error) {
    throw damagedBatch(error);
  }
  return frames;
}

function frameEnd(file: Buffer, start: number): number {
  if (file.readUInt32LE(start) !== MAGIC) throw new RangeError('no frame starts here');
  const descriptor = file.readUInt8(start + 4);
  const singleSegment = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSizeBytes = [singleSegment, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = start + 5 + (1 - singleSegment) + dictionaryBytes + contentSizeBytes;
  for (let last = false; !last;) {
    const header = file.readUIntLE(at, 3);
    last = (header & 1) === 1;
    at += 3 + (((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3);
  }
  return at + ((descriptor >> 2) & 1) * 4;
}
