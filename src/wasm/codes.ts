import { readBits } from './bits';
import { CODE_LENGTHS, FAST_CODES, LONG_CODES } from './memory';

/** Longest code of bzip2, bits. */
export const MAX_LENGTH: u32 = 20;
/** Codes up to this many bits are found by one look into a table. */
export const FAST_BITS: u32 = 10;
/** A fast entry holds a symbol in its low bits and the code's length above; 0 stands for a longer code. */
export const SYMBOL_BITS: u32 = 9;

const LIMITS: usize = 0;
const OFFSETS: usize = 84;
const SYMBOLS: usize = 168;
const LONG_SIZE: usize = 168 + 258 * 4;

export function fastCodes(table: u32): usize {
  return FAST_CODES + ((<usize>table) << (FAST_BITS + 1));
}

export function longCodes(table: u32): usize {
  return LONG_CODES + <usize>table * LONG_SIZE;
}

/** Reads the code lengths of one table and prepares it for `symbols` symbols. False when they cannot be. */
export function readCodes(table: u32, symbols: u32): bool {
  let length = readBits(5);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > MAX_LENGTH) return false;
      if (!readBits(1)) break;
      length += readBits(1) ? -1 : 1;
    }
    store<u8>(CODE_LENGTHS + symbol, <u8>length);
  }
  return prepareCodes(table, symbols);
}

/** Codes of a length follow each other in the order of their symbols; shorter ones come first. */
function prepareCodes(table: u32, symbols: u32): bool {
  const long = longCodes(table);
  const fast = fastCodes(table);
  memory.fill(fast, 0, 1 << (FAST_BITS + 1));
  let code: u32 = 0;
  let rank: u32 = 0;
  for (let length: u32 = 1; length <= MAX_LENGTH; length++) {
    store<u32>(long + OFFSETS + (length << 2), rank - code);
    for (let symbol: u32 = 0; symbol < symbols; symbol++) {
      if (load<u8>(CODE_LENGTHS + symbol) != length) continue;
      if (code >> length) return false;
      store<u32>(long + SYMBOLS + (rank << 2), symbol);
      if (length <= FAST_BITS) fillFast(fast, code, length, symbol);
      code++;
      rank++;
    }
    store<u32>(long + LIMITS + (length << 2), code);
    code <<= 1;
  }
  return true;
}

function fillFast(fast: usize, code: u32, length: u32, symbol: u32): void {
  const spread: u32 = 1 << (FAST_BITS - length);
  const first = fast + ((code << (FAST_BITS - length)) << 1);
  for (let at: u32 = 0; at < spread; at++)
    store<u16>(first + (at << 1), <u16>((length << SYMBOL_BITS) | symbol));
}

/** The entry of a code longer than {@link FAST_BITS} at the top of `bits`, or 0 when there is none. */
export function longCode(table: u32, bits: u64): u32 {
  const long = longCodes(table);
  for (let length: u32 = FAST_BITS + 1; length <= MAX_LENGTH; length++) {
    const code = <u32>(bits >> (64 - length));
    if (code >= load<u32>(long + LIMITS + (length << 2))) continue;
    const rank = code + load<u32>(long + OFFSETS + (length << 2));
    return (length << SYMBOL_BITS) | load<u32>(long + SYMBOLS + (rank << 2));
  }
  return 0;
}
