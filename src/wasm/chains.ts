import { RARE, ROW_BITS, ROW_MASK } from './inverse-bwt';
import { LANE_CODES, LANE_HINTS, LANE_NEXT, LANE_ORDER, LANE_PAIRS, LANE_TEXT, laneAt } from './memory';

/**
 * Writes the bytes `from` up to `end`, both even, of a lane's text. `row` points to the row where its chain stands, a
 * word, and is moved on.
 */
export function followChain(at: u32, row: usize, from: u32, end: u32): void {
  const lane = laneAt(at);
  let row0 = load<u32>(row);
  for (let done = from; done < end; done += 2) row0 = step(lane, row0, done);
  store<u32>(row, row0);
}

/** The same for four lanes at once, a step of each in turn: while one waits for memory the others go on. */
export function followFourChains(rows: usize, from: u32, end: u32): void {
  const lane0 = laneAt(0);
  const lane1 = laneAt(1);
  const lane2 = laneAt(2);
  const lane3 = laneAt(3);
  let row0 = load<u32>(rows);
  let row1 = load<u32>(rows, 4);
  let row2 = load<u32>(rows, 8);
  let row3 = load<u32>(rows, 12);
  for (let done = from; done < end; done += 2) {
    row0 = step(lane0, row0, done);
    row1 = step(lane1, row1, done);
    row2 = step(lane2, row2, done);
    row3 = step(lane3, row3, done);
  }
  store<u32>(rows, row0);
  store<u32>(rows, row1, 4);
  store<u32>(rows, row2, 8);
  store<u32>(rows, row3, 12);
}

/** Writes the two bytes with which a row begins, and tells the row behind them. */
function step(lane: usize, row: u32, done: u32): u32 {
  const word = load<u32>(lane + ((<usize>row) << 2), LANE_NEXT);
  const code = word >> ROW_BITS;
  const pair = code === RARE ? rarePair(lane, row) : <u32>load<u16>(lane + ((<usize>code) << 1), LANE_CODES);
  store<u16>(lane + done, <u16>pair, LANE_TEXT);
  return word & ROW_MASK;
}

/** The pair with which a row begins, where it has no code. Buckets have been filled: each says where it ends. */
function rarePair(lane: usize, row: u32): u32 {
  let place = lane + ((<usize>load<u16>(lane + ((<usize>(row >> 8)) << 1), LANE_HINTS)) << 1);
  while (endOf(lane, place) <= row) place += 2;
  return load<u16>(place, LANE_ORDER);
}

function endOf(lane: usize, place: usize): u32 {
  return load<u32>(lane + ((<usize>load<u16>(place, LANE_ORDER)) << 2), LANE_PAIRS) & ROW_MASK;
}
