import { LANE_CODES, LANE_HINTS, LANE_NEXT, LANE_ORDER, LANE_PAIRS, LANE_ROWS, LANE_TEXT } from './memory';

/*
 * The rows of a block are its rotations in order; the text area holds their last bytes. Row `r` begins with the byte
 * that comes before row `s`, where `s` is the row that follows `r` in the text. Here every row learns the row that
 * follows it two bytes on, and the two bytes in between: the chain is followed in half as many steps, each of which
 * waits for memory.
 */

/** Low bits of a word in the pair and next areas: a row. The bits above are the code of a pair. */
export const ROW_BITS: u32 = 20;
export const ROW_MASK: u32 = 0xfffff;
/** The code of every pair that is too rare to have one. */
export const RARE: u32 = 4095;
/** Pairs seen this often are all alike when codes are given out: there are fewer than 4,095 of them. */
const OFTEN: u32 = 256;

/** Turns the lane's last column into the successors of its rows. The values have been counted into the row area. */
export function linkRows(lane: usize, count: u32): void {
  countPairs(lane, count);
  placePairs(lane);
  const text = lane + LANE_TEXT;
  const rows = lane + LANE_ROWS;
  const pairs = lane + LANE_PAIRS;
  const next = lane + LANE_NEXT;
  for (let row: u32 = 0; row < count; row++) {
    const second = <usize>load<u8>(text + row);
    const before = load<u32>(rows + (second << 2));
    store<u32>(rows + (second << 2), before + 1);
    const pair = pairs + (((second << 8) | (<usize>load<u8>(text + before))) << 2);
    const place = load<u32>(pair);
    store<u32>(pair, place + 1);
    store<u32>(next + ((<usize>(place & ROW_MASK)) << 2), row | (place & ~ROW_MASK));
  }
}

/** Counts how often each pair occurs, and turns the counts of values into their first rows. */
function countPairs(lane: usize, count: u32): void {
  const rows = lane + LANE_ROWS;
  const pairs = lane + LANE_PAIRS;
  const text = lane + LANE_TEXT;
  memory.fill(pairs, 0, 65536 << 2);
  let row: u32 = 0;
  for (let second: usize = 0; second < 256; second++) {
    const end = row + load<u32>(rows + (second << 2));
    store<u32>(rows + (second << 2), row);
    const column = pairs + (second << 10);
    for (; row < end; row++) {
      const pair = column + ((<usize>load<u8>(text + row)) << 2);
      store<u32>(pair, load<u32>(pair) + 1);
    }
  }
}

/** Gives every pair its first row, the frequent ones a code, and every 256th row its first pair. */
function placePairs(lane: usize): void {
  const pairs = lane + LANE_PAIRS;
  const least = leastForCode(pairs);
  let row: u32 = 0;
  let codes: u32 = 0;
  let hints: u32 = 0;
  let known: u32 = 0;
  for (let first: usize = 0; first < 256; first++) {
    for (let second: usize = 0; second < 256; second++) {
      const pair = (second << 8) | first;
      const count = load<u32>(pairs + (pair << 2));
      if (count === 0) continue;
      let code = RARE;
      if (count >= least) {
        code = codes++;
        store<u16>(lane + LANE_CODES + ((<usize>code) << 1), <u16>pair);
      }
      store<u32>(pairs + (pair << 2), row | (code << ROW_BITS));
      row += count;
      for (; hints << 8 < row; hints++) store<u16>(lane + ((<usize>hints) << 1), <u16>known, LANE_HINTS);
      store<u16>(lane + ((<usize>known) << 1), <u16>pair, LANE_ORDER);
      known++;
    }
  }
}

/** The smallest count that leaves no more pairs than there are codes. */
function leastForCode(pairs: usize): u32 {
  const tally = memory.data(OFTEN << 2);
  memory.fill(tally, 0, OFTEN << 2);
  for (let at: usize = 0; at < 65536 << 2; at += 4) {
    const count = load<u32>(pairs + at);
    if (count === 0) continue;
    const place = tally + ((<usize>min(count, OFTEN - 1)) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  let taken: u32 = 0;
  let least = OFTEN;
  while (least > 1) {
    taken += load<u32>(tally + ((<usize>(least - 1)) << 2));
    if (taken > RARE) break;
    least--;
  }
  return least;
}
