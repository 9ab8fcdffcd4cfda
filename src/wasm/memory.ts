/** Where everything lies in the module's memory, which holds one block at a time. Sizes in bytes. */

/** Most symbols a block can hold: level 9, 900,000. */
export const MAX_SYMBOLS: u32 = 900_000;

/** Most packed bytes one block can take: 900,050 codes of 20 bits, its selectors and tables; rounded up. */
export const MAX_PACKED: u32 = 2_400_000;

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

/** How often each byte value occurs, then where its rows end; 256 words. */
export const ROWS: usize = OUTPUT + <usize>OUTPUT_SIZE + 4 * KB;
/** For every pair of byte values the next row of its bucket, with the pair's code above bit 20; 65,536 words. */
export const PAIRS: usize = ROWS + 1 * KB;
/** The pair of each code, 4,096 halfwords. */
export const CODES: usize = PAIRS + 256 * KB;
/** The pairs that occur, in the order of their rows; 65,536 halfwords. */
export const ORDER: usize = CODES + 8 * KB;
/** For every 256th row the place in that order of the pair that holds it, 4,096 halfwords. */
export const HINTS: usize = ORDER + 128 * KB;
/** The block's last column, then its text; {@link MAX_SYMBOLS} bytes and room for wide reads. */
export const TEXT: usize = HINTS + 8 * KB;
/** Each row's successor two bytes on, {@link MAX_SYMBOLS} words. */
export const NEXT: usize = TEXT + 880 * KB;
/** Most stretches a block's chain is cut into. */
export const MAX_STRETCHES: u32 = 128;
/** Bytes of a piece of text that is not in its place yet; even. */
export const PIECE_SIZE: u32 = 4096;
/** Enough for twice the text, where each of {@link MAX_STRETCHES} leaves a piece unfilled. */
export const MAX_PIECES: u32 = (2 * MAX_SYMBOLS) / PIECE_SIZE + 2 * MAX_STRETCHES;
export const PIECES: usize = NEXT + 3516 * KB;
export const MEMORY_SIZE: usize = PIECES + <usize>MAX_PIECES * PIECE_SIZE;
