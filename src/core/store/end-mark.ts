/**
 * How a seek table stands at the end of a file without being part of its text. A file that does not end with its
 * mark is not whole, also where it was cut between two frames.
 */
export interface EndMark {
  /** Bytes of a mark around a table of that many bytes. */
  sizeFor(tableSize: number): number;
  wrap(table: Buffer): Buffer;
  /** The last `size` bytes of the table, out of the last bytes of a file; other bytes where there is no mark. */
  unwrap(tail: Buffer, size: number): Buffer;
}

const SKIPPABLE_MAGIC = 0x184d2a5e;
const SKIPPABLE_HEADER_BYTES = 8;

/** A skippable frame, as the seekable format wants it; every Zstandard decoder passes over it. */
export const zstdEndMark: EndMark = {
  sizeFor: (tableSize) => SKIPPABLE_HEADER_BYTES + tableSize,
  wrap: (table) => {
    const header = Buffer.alloc(SKIPPABLE_HEADER_BYTES);
    header.writeUInt32LE(SKIPPABLE_MAGIC, 0);
    header.writeUInt32LE(table.length, 4);
    return Buffer.concat([header, table]);
  },
  unwrap: (tail, size) => tail.subarray(-size),
};

/** RFC 1952: deflate, a comment follows, no time, no system. */
const GZIP_HEADER = Buffer.from('1f8b08100000000000ff', 'hex');
/** End of the comment, an empty deflate block, and the checksum and size of nothing. */
const GZIP_END = Buffer.from('0003000000000000000000', 'hex');

/** An empty gzip member with the table as its comment, in hexadecimal digits: no NUL may stand there. */
export const gzipEndMark: EndMark = {
  sizeFor: (tableSize) => GZIP_HEADER.length + 2 * tableSize + GZIP_END.length,
  wrap: (table) => Buffer.concat([GZIP_HEADER, Buffer.from(table.toString('hex')), GZIP_END]),
  unwrap: (tail, size) => {
    const end = tail.length - GZIP_END.length;
    return Buffer.from(tail.toString('latin1', Math.max(0, end - 2 * size), Math.max(0, end)), 'hex');
  },
};
