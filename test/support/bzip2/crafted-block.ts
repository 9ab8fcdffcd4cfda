import { BitWriter } from '../../../src/sample/bzip2/bit-writer.ts';
import { blockCrc } from '../../../src/sample/bzip2/block-crc.ts';
import { madeBlock } from './made-stream.ts';
import type { MadeBlock } from './made-stream.ts';
import { expandedRuns } from './reference.ts';

/** The two digits of runs lie below, the block's end above: of these a block can be made freely. */
export const LEAST_SYMBOL = 2;
export const MOST_SYMBOL = 254;
/** Byte values in use: with the runs and the end that makes 256 symbols, none for the first value in front. */
const VALUES = 254;
const END = 255;
const MOST_COLUMN = 1_000_000;

export interface Craft {
  /** The row where the text begins; any row that there is gives a block that is right. */
  readonly origin?: number;
  /** Bits of every code. With 8 the code of a symbol is its number, so that a block can hold any bits. */
  readonly codeBits?: number;
  /** Bits of every code of the second table, which no group uses. */
  readonly unusedCodeBits?: number;
  /** What the header says of the number of selectors; as many as are needed if it does not matter. */
  readonly selectors?: number;
  readonly isRandomised?: boolean;
}

export interface CraftedBlock extends MadeBlock {
  readonly plain: Buffer;
}

/** A block of these very symbols, as no encoder would write it, and what becomes of it. */
export function craftedBlock(symbols: Uint8Array, craft: Craft = {}): CraftedBlock {
  const { origin = 0, codeBits = 8, unusedCodeBits = codeBits, isRandomised = false } = craft;
  const { selectors = Math.ceil((symbols.length + 1) / 50) } = craft;
  const plain = expandedRuns(textOf(columnOf(symbols), origin));
  const crc = blockCrc(plain, 0, plain.length);
  const out = new BitWriter();
  out.write(24, 0x314159);
  out.write(24, 0x265359);
  out.writeUint32(crc);
  out.write(1, isRandomised ? 1 : 0);
  out.write(24, origin);
  for (let rows = 0; rows < 16; rows++) out.write(16, 0xffff);
  out.write(16, 0xfffc);
  out.write(3, 2);
  out.write(15, selectors);
  for (let selector = 0; selector < selectors; selector++) out.write(1, 0);
  for (const bits of [codeBits, unusedCodeBits]) {
    out.write(5, bits);
    for (let symbol = 0; symbol < VALUES + 2; symbol++) out.write(1, 0);
  }
  for (const symbol of symbols) out.write(codeBits, symbol);
  out.write(codeBits, END);
  return { ...madeBlock(out, crc), plain };
}

/**
 * Runs of the front value are written in digits of one and two, lowest first; every other symbol is one more than the
 * place of a value in the list of recent ones. A column that no block can hold is not written out.
 */
function columnOf(symbols: Uint8Array): Uint8Array {
  const recent = Uint8Array.from({ length: VALUES }, (_, value) => value);
  const column = Buffer.alloc(MOST_COLUMN);
  let size = 0;
  let weight = 1;
  for (const symbol of symbols) {
    if (symbol < LEAST_SYMBOL) {
      const run = weight << symbol;
      if (size + run > MOST_COLUMN) return column.subarray(0, 0);
      column.fill(recent[0] ?? 0, size, size + run);
      size += run;
      weight *= 2;
      continue;
    }
    weight = 1;
    const place = symbol - 1;
    const value = recent[place] ?? 0;
    recent.copyWithin(1, 0, place);
    recent[0] = value;
    column[size++] = value;
  }
  return column.subarray(0, size);
}

/** The inverse of the Burrows-Wheeler transform, step by step. */
function textOf(column: Uint8Array, origin: number): Uint8Array {
  const places = new Uint32Array(257);
  for (const value of column) places[value + 1] = (places[value + 1] ?? 0) + 1;
  for (let value = 1; value < 257; value++) places[value] = (places[value] ?? 0) + (places[value - 1] ?? 0);
  const next = new Uint32Array(column.length);
  for (const [row, value] of column.entries()) {
    const place = places[value] ?? 0;
    next[place] = row;
    places[value] = place + 1;
  }
  let row = next[origin] ?? 0;
  return column.map(() => {
    const value = column[row] ?? 0;
    row = next[row] ?? 0;
    return value;
  });
}

/** A run in digits of one (0) and two (1), lowest first. */
export function runOf(length: number): number[] {
  const digits: number[] = [];
  for (let left = length; left > 0; left = (left - 1) >> 1) digits.push((left - 1) & 1);
  return digits;
}
