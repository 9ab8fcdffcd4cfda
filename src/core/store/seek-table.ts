import { crc32 } from 'node:zlib';

/** Where a frame lies in its file, and how much plain text it holds. Bytes. */
export interface FrameSpan {
  readonly at: number;
  readonly size: number;
  readonly plainSize: number;
  /** Of the plain text: the one the frame itself carries. */
  readonly checksum: number;
}

/** Entry: packed size, plain size, checksum; each 4 bytes. */
const ENTRY_BYTES = 12;
/** Footer: number of frames (4), descriptor (1), magic (4). */
export const SEEK_FOOTER_BYTES = 9;
const SEEKABLE_MAGIC = 0x8f92eab1;
const HAS_CHECKSUMS = 0x80;

/**
 * The table of a file's frames as Zstandard's seekable format has it (zstd, contrib/seekable_format), without the
 * skippable frame around it: other programs find records by it as well.
 */
export function encodeSeekTable(frames: readonly FrameSpan[]): Buffer {
  const table = Buffer.alloc(frames.length * ENTRY_BYTES + SEEK_FOOTER_BYTES);
  let at = 0;
  for (const { size, plainSize, checksum } of frames)
    for (const value of [size, plainSize, checksum]) at = table.writeUInt32LE(value, at);
  at = table.writeUInt32LE(frames.length, at);
  at = table.writeUInt8(HAS_CHECKSUMS, at);
  table.writeUInt32LE(SEEKABLE_MAGIC, at);
  return table;
}

/** Bytes of the table that ends with this footer; undefined where it is no such footer. */
export function seekTableSize(footer: Buffer): number | undefined {
  if (footer.length !== SEEK_FOOTER_BYTES) return undefined;
  const isFooter = footer.readUInt8(4) === HAS_CHECKSUMS && footer.readUInt32LE(5) === SEEKABLE_MAGIC;
  return isFooter ? footer.readUInt32LE(0) * ENTRY_BYTES + SEEK_FOOTER_BYTES : undefined;
}

/** Reads a whole table. The frames follow each other from the file's start. */
export function decodeSeekTable(table: Buffer): FrameSpan[] {
  const frames: FrameSpan[] = [];
  let fileAt = 0;
  for (let at = 0; at < table.length - SEEK_FOOTER_BYTES; at += ENTRY_BYTES) {
    const size = table.readUInt32LE(at);
    frames.push({
      at: fileAt,
      size,
      plainSize: table.readUInt32LE(at + 4),
      checksum: table.readUInt32LE(at + 8),
    });
    fileAt += size;
  }
  return frames;
}

/** One number for a batch file's content: an index with another seal is not of this file. */
export function sealOf(table: Buffer): number {
  return crc32(table);
}
