const POLYNOMIAL = 0x04c11db7;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
  return crc;
});

/** CRC-32 as bzip2 counts it, most significant bit first, of `data` from `from` to `to`. */
export function blockCrc(data: Uint8Array, from: number, to: number): number {
  let crc = -1;
  for (let at = from; at < to; at++) {
    crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ (data[at] ?? 0)] ?? 0);
  }
  return ~crc >>> 0;
}

/** The check of a whole stream, when one more block has ended. */
export function addToStreamCrc(stream: number, block: number): number {
  return (((stream << 1) | (stream >>> 31)) ^ block) >>> 0;
}
