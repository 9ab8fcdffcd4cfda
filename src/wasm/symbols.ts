import { bitAt, isBeyondEnd, readBits, seekBit } from './bits';
import { FAST_BITS, SYMBOL_BITS, fastCodes, longCode, readCodes } from './codes';
import { INPUT, MAX_SYMBOLS, ROWS, SELECTORS, TEXT } from './memory';
import { mostRecent, setRecent, takeRecent } from './recent';
import { DAMAGED, FINE, TOO_SHORT } from './verdict';

/** Symbols that share a table before the next selector counts. */
const GROUP_SIZE: u32 = 50;
const MOST_SELECTORS: u32 = 18_002;

/** How many byte values occur in the block; with two runs, without the front one, and the end: its alphabet. */
let valuesInUse: u32 = 0;
let tables: u32 = 0;
let selectors: u32 = 0;
/** Symbols of the block read last. */
export let symbolCount: u32 = 0;

/** Reads everything between a block's header and its codes. */
export function readTables(): u32 {
  valuesInUse = readValuesInUse();
  tables = readBits(3);
  const count = readBits(15);
  if (valuesInUse === 0 || tables < 2 || tables > 6 || count === 0) return wrong();
  // Behind the end are zeros, as many as the code lengths may take; what lies farther is of another block.
  if (!readSelectors(count) || isBeyondEnd()) return wrong();
  for (let table: u32 = 0; table < tables; table++) {
    if (!readCodes(table, valuesInUse + 2)) return wrong();
  }
  return isBeyondEnd() ? TOO_SHORT : FINE;
}

/** Whatever is read beyond the end of the input is wrong because the input is too short. */
function wrong(): u32 {
  return isBeyondEnd() ? TOO_SHORT : DAMAGED;
}

function readValuesInUse(): u32 {
  const ranges = readBits(16);
  let count: u32 = 0;
  for (let range: u32 = 0; range < 16; range++) {
    if (!((ranges >> (15 - range)) & 1)) continue;
    const values = readBits(16);
    for (let value: u32 = 0; value < 16; value++) {
      if ((values >> (15 - value)) & 1) setRecent(count++, (range << 4) + value);
    }
  }
  return count;
}

/** Selectors are places in a list of the tables in the order of their last use. More than can be used are let go. */
function readSelectors(count: u32): bool {
  let order: u32 = 0x543210;
  for (let at: u32 = 0; at < count; at++) {
    let place: u32 = 0;
    while (readBits(1)) {
      if (++place >= tables) return false;
    }
    const shift = place << 2;
    const table = (order >> shift) & 7;
    const moved: u32 = (1 << shift) - 1;
    order = (order & ~((moved << 4) | 15)) | ((order & moved) << 4) | table;
    store<u8>(SELECTORS + at, <u8>table);
  }
  selectors = min(count, MOST_SELECTORS);
  return true;
}

/**
 * Reads the codes of a block into the text area: runs written out, values taken from the list of recent ones.
 * Counts each value on its way.
 */
export function readSymbols(size: u32): u32 {
  const end: u32 = valuesInUse + 1;
  memory.fill(ROWS, 0, 1024);
  let word = INPUT + ((bitAt >> 5) << 2);
  let bits: u64 = (<u64>load<u32>(word)) << (32 + (bitAt & 31));
  let have: i32 = 32 - (bitAt & 31);
  word += 4;
  let written: u32 = 0;
  let run: u32 = 0;
  let weight: u32 = 1;
  for (let group: u32 = 0; group < selectors; group++) {
    const table = <u32>load<u8>(SELECTORS + group);
    const fast = fastCodes(table);
    for (let left = GROUP_SIZE; left > 0; left--) {
      if (have < 32) {
        bits |= (<u64>load<u32>(word)) << (32 - have);
        word += 4;
        have += 32;
      }
      let entry = <u32>load<u16>(fast + ((<usize>(bits >> (64 - FAST_BITS))) << 1));
      if (entry === 0) {
        entry = longCode(table, bits);
        if (entry === 0) return wrongAt(word, have);
      }
      const length = entry >> SYMBOL_BITS;
      const symbol = entry & ((1 << SYMBOL_BITS) - 1);
      bits <<= length;
      have -= length;
      if (symbol < 2) {
        run += weight << symbol;
        weight <<= 1;
        if (run > size) return wrongAt(word, have);
        continue;
      }
      if (run > 0) {
        if (written + run > size) return wrongAt(word, have);
        written = writeRun(written, run);
        run = 0;
        weight = 1;
      }
      if (symbol === end) {
        symbolCount = written;
        seekBit(bitBefore(word, have));
        return isBeyondEnd() ? TOO_SHORT : FINE;
      }
      if (written >= size) return wrongAt(word, have);
      const value = takeRecent(symbol - 1);
      store<u8>(TEXT + written++, <u8>value);
      const count = ROWS + ((<usize>value) << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
    seekBit(bitBefore(word, have));
    if (isBeyondEnd()) return TOO_SHORT;
  }
  return DAMAGED;
}

/** Where a reader stands that has taken all words before `word`, and has `have` bits of them left. */
function bitBefore(word: usize, have: i32): u32 {
  return <u32>((word - INPUT) << 3) - have;
}

function wrongAt(word: usize, have: i32): u32 {
  seekBit(bitBefore(word, have));
  return wrong();
}

/** Writes `run` times the most recent value. The text area has room for a wide store behind its end. */
function writeRun(written: u32, run: u32): u32 {
  const value = mostRecent();
  const from = TEXT + written;
  const filled = i8x16.splat(<i8>value);
  for (let at: usize = 0; at < run; at += 16) v128.store(from + at, filled);
  const count = ROWS + ((<usize>value) << 2);
  store<u32>(count, load<u32>(count) + run);
  return written + run;
}
