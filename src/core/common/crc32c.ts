/** Castagnoli's polynomial, its bits reversed. */
const POLYNOMIAL = 0x82f63b78;
const WORD = 8;

/** Eight tables of 256: the n-th tells what a byte does to the check n bytes later. */
const TABLES = makeTables();

/** CRC-32C, the check Google's storage sends with an object. Used as a hash of `node:crypto` is. */
export class Crc32c {
  private crc = -1;

  /** Eight bytes at a time, which is several times faster than byte by byte. */
  update(data: Uint8Array): this {
    const table = TABLES;
    const whole = data.length - (data.length % WORD);
    let crc = this.crc;
    for (let at = 0; at < whole; at += WORD) {
      crc =
        entry(table, 1792 + ((crc ^ byte(data, at)) & 0xff)) ^
        entry(table, 1536 + (((crc >>> 8) ^ byte(data, at + 1)) & 0xff)) ^
        entry(table, 1280 + (((crc >>> 16) ^ byte(data, at + 2)) & 0xff)) ^
        entry(table, 1024 + ((crc >>> 24) ^ byte(data, at + 3))) ^
        entry(table, 768 + byte(data, at + 4)) ^
        entry(table, 512 + byte(data, at + 5)) ^
        entry(table, 256 + byte(data, at + 6)) ^
        entry(table, byte(data, at + 7));
    }
    for (let at = whole; at < data.length; at++) {
      crc = (crc >>> 8) ^ entry(table, (crc ^ byte(data, at)) & 0xff);
    }
    this.crc = crc;
    return this;
  }

  /** The check of all that came, four bytes, big-endian. */
  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(~this.crc);
    return bytes;
  }
}

function makeTables(): Int32Array {
  const tables = new Int32Array(WORD * 256);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[value] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = entry(tables, at - 256);
    tables[at] = (before >>> 8) ^ entry(tables, before & 0xff);
  }
  return tables;
}

function entry(table: Int32Array, at: number): number {
  return table[at] ?? 0;
}

function byte(data: Uint8Array, at: number): number {
  return data[at] ?? 0;
}
