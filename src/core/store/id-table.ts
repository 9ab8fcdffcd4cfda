import { crc32 } from 'node:zlib';

const ENTRY_BYTES = 8;

/**
 * A table that finds records by their ids: for each record its number and the hash of its id, 4 bytes each, sorted by
 * hash, then number. Little-endian, as is every platform VS Code runs on.
 */
export function encodeIdTable(hashes: readonly number[]): Buffer {
  const words = new Uint32Array(hashes.length * 2);
  for (const [record, hash] of hashes.entries()) {
    words[2 * record] = record;
    words[2 * record + 1] = hash;
  }
  // As numbers of 8 bytes, with the hash in their upper half, they are sorted natively.
  new BigUint64Array(words.buffer).sort();
  return Buffer.from(words.buffer);
}

export function idTableSize(records: number): number {
  return records * ENTRY_BYTES;
}

export function hashOfId(id: string): number {
  return crc32(id);
}

/** The records whose id may be this one, in their order: ids of one hash are not told apart here. */
export function* recordsWithHash(table: Buffer, hash: number): Generator<number> {
  const hashAt = (entry: number): number => table.readUInt32LE(entry * ENTRY_BYTES + 4);
  const count = table.length / ENTRY_BYTES;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hashAt(middle) < hash) low = middle + 1;
    else high = middle;
  }
  for (let entry = low; entry < count && hashAt(entry) === hash; entry++)
    yield table.readUInt32LE(entry * ENTRY_BYTES);
}
