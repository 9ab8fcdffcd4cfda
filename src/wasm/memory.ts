/**
 * Where everything lies in the module's memory. Sizes in bytes. One input and one output area serve all lanes; each
 * lane holds one block from its symbols to its text, so that the chains of several blocks can be followed together.
 */

/** Most symbols a block can hold: level 9, 900,000. */
export const MAX_SYMBOLS: u32 = 900_000;

/** Most packed bytes one block can take: 900,050 codes of 20 bits, its selectors and tables; rounded up. */
export const MAX_PACKED: u32 = 2_400_000;

/** Most lanes of a module. */
export const MAX_LANES: u32 = 4;

/** Expanded bytes that are handed out at a time; a common block fits in whole. */
export const OUTPUT_SIZE: u32 = 1_310_720;

const KB: usize = 1024;

/** Eight tables of 256 words for the block check. The compiler's own data lie below. */
export const CRC_TABLES: usize = 16 * KB;

/** Code tables of a block: six of them, 1,024 halfwords each, see `codes.ts`. */
export const FAST_CODES: usize = CRC_TABLES + 8 * KB;
/** Per table 21 upper limits, 21 offsets and 258 symbols, words. */
export const LONG_CODES: usize = FAST_CODES + 12 * KB;
/** Lengths of 258 codes, bytes. */
export const CODE_LENGTHS: usize = LONG_CODES + 8 * KB;
/** Number of the table of every group of fifty codes, bytes. */
export const SELECTORS: usize = CODE_LENGTHS + 1 * KB;
/** The 256 byte values in the order of their last use, with room for whole words behind. */
export const RECENT: usize = SELECTORS + 32 * KB;

/** Packed bytes, as words in the order of their bits, and zeros behind for readers that look ahead. */
export const INPUT: usize = 96 * KB;
export const OUTPUT: usize = INPUT + 2352 * KB;
export const LANES: usize = OUTPUT + <usize>OUTPUT_SIZE + 4 * KB;

/** Within a lane: how often each byte value occurs, then where its rows end; 256 words. */
export const LANE_ROWS: usize = 0;
/** For every pair of byte values the next row of its bucket, with the pair's code above bit 20; 65,536 words. */
export const LANE_PAIRS: usize = 1 * KB;
/** The pair of each code, 4,096 halfwords. */
export const LANE_CODES: usize = LANE_PAIRS + 256 * KB;
/** The pairs that occur, in the order of their rows; 65,536 halfwords. */
export const LANE_ORDER: usize = LANE_CODES + 8 * KB;
/** For every 256th row the place in that order of the pair that holds it, 4,096 halfwords. */
export const LANE_HINTS: usize = LANE_ORDER + 128 * KB;
/** The block's last column, then its text; {@link MAX_SYMBOLS} bytes and room for wide reads. */
export const LANE_TEXT: usize = LANE_HINTS + 8 * KB;
/** Each row's successor two bytes on, {@link MAX_SYMBOLS} words. */
export const LANE_NEXT: usize = LANE_TEXT + 880 * KB;
export const LANE_SIZE: usize = LANE_NEXT + 3516 * KB;

/** The first byte of a lane. */
export function laneAt(lane: u32): usize {
  return LANES + <usize>lane * LANE_SIZE;
}
