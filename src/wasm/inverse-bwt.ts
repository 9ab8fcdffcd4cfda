import { CODES, HINTS, NEXT, ORDER, PAIRS, ROWS, TEXT } from './memory';

/*
 * The rows of a block are its rotations in order; the text area holds their last bytes. Row `r` begins with the byte
 * that comes before row `s`, where `s` is the row that follows `r` in the text. Here every row learns the row that
 * follows it two bytes on, and the two bytes in between: the chain is followed in half as many steps, each of which
 * waits for memory.
 */

/** Low bits of a word in the pair and next areas: a row. The bits above are the code of a pair. */
export const ROW_BITS: u32 = 20;
export const ROW_MASK: u32 = 0xfffff;
/** In the place of a code: here another stretch of the chain begins, see `stretches.ts`. */
export const STOP: u32 = 4094;
/** The code of every pair that is too rare to have one. */
export const RARE: u32 = 4095;
/** Pairs seen this often are all alike when codes are given out: there are fewer than 4,094 of them. */
const OFTEN: u32 = 256;

/** Prepares {@link linkRows} for a block of `count` symbols. The values have been counted into the row area. */
export function prepareRows(count: u32): void {
  countPairs(count);
  placePairs();
}

/** Turns the last bytes of the rows `from` up to `end` into successors. In order, until all rows are linked. */
export function linkRows(from: u32, end: u32): void {
  for (let row = from; row < end; row++) {
    const second = <usize>load<u8>(TEXT + row);
    const before = rowBefore(row);
    store<u32>(ROWS + (second << 2), before + 1);
    const pair = PAIRS + (((second << 8) | (<usize>load<u8>(TEXT + before))) << 2);
    const place = load<u32>(pair);
    store<u32>(pair, place + 1);
    store<u32>(NEXT + ((<usize>(place & ROW_MASK)) << 2), row | (place & ~ROW_MASK));
  }
}

/** The row that the next row to be linked follows, one byte on. */
export function rowBefore(row: u32): u32 {
  return load<u32>(ROWS + ((<usize>load<u8>(TEXT + row)) << 2));
}

/** Counts how often each pair occurs, and turns the counts of values into their first rows. */
function countPairs(count: u32): void {
  memory.fill(PAIRS, 0, 65536 << 2);
  let row: u32 = 0;
  for (let second: usize = 0; second < 256; second++) {
    const end = row + load<u32>(ROWS + (second << 2));
    store<u32>(ROWS + (second << 2), row);
    const column = PAIRS + (second << 10);
    for (; row < end; row++) {
      const pair = column + ((<usize>load<u8>(TEXT + row)) << 2);
      store<u32>(pair, load<u32>(pair) + 1);
    }
  }
}

/** Gives every pair its first row, the frequent ones a code, and every 256th row its first pair. */
function placePairs(): void {
  const least = leastForCode();
  let row: u32 = 0;
  let codes: u32 = 0;
  let hints: u32 = 0;
  let known: u32 = 0;
  for (let first: usize = 0; first < 256; first++) {
    for (let second: usize = 0; second < 256; second++) {
      const pair = (second << 8) | first;
      const count = load<u32>(PAIRS + (pair << 2));
      if (count === 0) continue;
      let code = RARE;
      if (count >= least) {
        code = codes++;
        store<u16>(CODES + ((<usize>code) << 1), <u16>pair);
      }
      store<u32>(PAIRS + (pair << 2), row | (code << ROW_BITS));
      row += count;
      for (; hints << 8 < row; hints++) store<u16>(HINTS + ((<usize>hints) << 1), <u16>known);
      store<u16>(ORDER + ((<usize>known) << 1), <u16>pair);
      known++;
    }
  }
}

/** The smallest count that leaves no more pairs than there are codes. */
function leastForCode(): u32 {
  const tally = memory.data(OFTEN << 2);
  memory.fill(tally, 0, OFTEN << 2);
  for (let at: usize = 0; at < 65536 << 2; at += 4) {
    const count = load<u32>(PAIRS + at);
    if (count === 0) continue;
    const place = tally + ((<usize>min(count, OFTEN - 1)) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  let taken: u32 = 0;
  let least = OFTEN;
  while (least > 1) {
    taken += load<u32>(tally + ((<usize>(least - 1)) << 2));
    if (taken > STOP) break;
    least--;
  }
  return least;
}

/** The two bytes with which a row begins; `word` is its entry in the next area. All rows have been linked. */
export function pairOf(row: u32, word: u32): u32 {
  const code = word >> ROW_BITS;
  return code === RARE ? rarePair(row) : <u32>load<u16>(CODES + ((<usize>code) << 1));
}

/** The pair with which a row begins, where it has no code. Buckets have been filled: each says where it ends. */
function rarePair(row: u32): u32 {
  let place = ORDER + ((<usize>load<u16>(HINTS + ((<usize>(row >> 8)) << 1))) << 1);
  while (endOf(place) <= row) place += 2;
  return load<u16>(place);
}

function endOf(place: usize): u32 {
  return load<u32>(PAIRS + ((<usize>load<u16>(place)) << 2)) & ROW_MASK;
}
