import type { BitWriter } from './bit-writer.ts';
import { burrowsWheeler } from './burrows-wheeler.ts';
import { canonicalCodes } from './code-lengths.ts';
import { GROUP_SIZE, chooseTables } from './code-tables.ts';
import { moveToFront } from './move-to-front.ts';

/** Writes one block: `block` is what the run lengths left, `crc` the check of the bytes before them. */
export function writeBlock(out: BitWriter, block: Uint8Array, crc: number): void {
  const { column, row } = burrowsWheeler(block);
  const { symbols, alphabet, used } = moveToFront(column);
  const { tables, selectors } = chooseTables(symbols, alphabet);
  out.write(24, 0x314159);
  out.write(24, 0x265359);
  out.writeUint32(crc);
  out.write(1, 0);
  out.write(24, row);
  writeUsedBytes(out, used);
  out.write(3, tables.length);
  out.write(15, selectors.length);
  writeSelectors(out, selectors, tables.length);
  for (const lengths of tables) writeLengths(out, lengths);
  writeSymbols(out, symbols, selectors, tables);
}

/** Sixteen bits say which sixteenths of the bytes occur, then sixteen more for each that does. */
function writeUsedBytes(out: BitWriter, used: Uint8Array): void {
  const rows = Array.from({ length: 16 }, (_, row) =>
    used.subarray(row * 16, row * 16 + 16).reduce((bits, flag) => (bits << 1) | flag, 0),
  );
  out.write(
    16,
    rows.reduce((bits, row) => (bits << 1) | (row === 0 ? 0 : 1), 0),
  );
  for (const row of rows) if (row !== 0) out.write(16, row);
}

/** Each selector as its place in a list of the latest ones, in ones ended by a zero. */
function writeSelectors(out: BitWriter, selectors: Uint8Array, tables: number): void {
  const order = [...Array(tables).keys()];
  for (const selector of selectors) {
    const place = order.indexOf(selector);
    order.splice(place, 1);
    order.unshift(selector);
    for (let ones = 0; ones < place; ones++) out.write(1, 1);
    out.write(1, 0);
  }
}

/** Each length as steps from the one before: `10` is one more, `11` one less, `0` ends. */
function writeLengths(out: BitWriter, lengths: Uint8Array): void {
  let current = lengths[0] ?? 0;
  out.write(5, current);
  for (const length of lengths) {
    for (; current < length; current++) out.write(2, 0b10);
    for (; current > length; current--) out.write(2, 0b11);
    out.write(1, 0);
  }
}

function writeSymbols(
  out: BitWriter,
  symbols: Uint16Array,
  selectors: Uint8Array,
  tables: readonly Uint8Array[],
): void {
  const codes = tables.map(canonicalCodes);
  selectors.forEach((table, group) => {
    const lengths = tables[table];
    const own = codes[table];
    if (lengths === undefined || own === undefined) return;
    for (const symbol of symbols.subarray(group * GROUP_SIZE, (group + 1) * GROUP_SIZE)) {
      out.write(lengths[symbol] ?? 0, own[symbol] ?? 0);
    }
  });
}
