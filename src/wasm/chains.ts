import { NEXT, PIECE_SIZE } from './memory';
import { ROW_BITS, ROW_MASK, STOP, pairOf } from './inverse-bwt';
import { closePiece, firstPiece, forgetPieces, pieceAt, pieceBehind } from './pieces';
import { byteBefore, firstEntryOf, firstRowOf, setFollowing, stretchCount } from './stretches';

/** Stretches that are followed side by side. */
const LANES: u32 = 4;
/** Of each lane, words: its stretch, the row where it stands, the address of its next byte, its piece. */
const STRETCH: usize = 0;
const ROW: usize = 4;
const OUT: usize = 8;
const PIECE: usize = 12;
const LANE_BITS: u32 = 4;
const STATE = memory.data(64);
/** In the place of a stretch: the lane has none. */
const IDLE: u32 = 0xffffffff;

/** How many stretches have been begun. */
let begun: u32 = 0;

function laneAt(lane: u32): usize {
  return STATE + ((<usize>lane) << LANE_BITS);
}

/** Begins to follow the chain that was cut last. */
export function startChains(): void {
  forgetPieces();
  begun = 0;
  for (let lane: u32 = 0; lane < LANES; lane++) store<u32>(laneAt(lane), IDLE, STRETCH);
}

/**
 * Goes on until a piece is full or a stretch at its end. False when all are. Called again and again from outside: an
 * engine that compiles a function better while it runs can change over only between calls.
 */
export function followChains(): bool {
  let busy: u32 = 0;
  let steps = PIECE_SIZE;
  for (let lane: u32 = 0; lane < LANES; lane++) {
    if (!settle(laneAt(lane))) continue;
    busy++;
    steps = min(steps, stepsLeft(laneAt(lane)));
  }
  if (busy === LANES) followTogether(steps);
  else {
    for (let lane: u32 = 0; lane < LANES; lane++) {
      if (load<u32>(laneAt(lane), STRETCH) !== IDLE) followAlone(laneAt(lane), stepsLeft(laneAt(lane)));
    }
  }
  return busy !== 0;
}

/** Whole steps for which the lane's piece has room, and one byte more. */
function stepsLeft(lane: usize): u32 {
  const end = pieceAt(load<u32>(lane, PIECE)) + PIECE_SIZE - 1;
  return (<u32>(end - load<u32>(lane, OUT))) >> 1;
}

/** Ends what is at its end and begins what is left, until the lane can make a step. False when nothing is left. */
function settle(lane: usize): bool {
  for (;;) {
    if (load<u32>(lane, STRETCH) === IDLE) {
      if (begun === stretchCount) return false;
      beginStretch(lane, begun++);
      continue;
    }
    const entry = entryOf(load<u32>(lane, ROW));
    if (!isMark(entry)) break;
    endStretch(lane, entry & ROW_MASK);
  }
  if (stepsLeft(lane) === 0) {
    const piece = pieceBehind(load<u32>(lane, PIECE), load<u32>(lane, OUT));
    store<u32>(lane, piece, PIECE);
    store<u32>(lane, <u32>pieceAt(piece), OUT);
  }
  return true;
}

/** The first row is marked: the step from there is made here. */
function beginStretch(lane: usize, stretch: u32): void {
  const piece = firstPiece(stretch);
  const out = pieceAt(piece);
  const entry = firstEntryOf(stretch);
  store<u16>(out, <u16>pairOf(firstRowOf(stretch), entry));
  store<u32>(lane, stretch, STRETCH);
  store<u32>(lane, entry & ROW_MASK, ROW);
  store<u32>(lane, <u32>out + 2, OUT);
  store<u32>(lane, piece, PIECE);
}

/** `mark` is of the stretch that follows; its lowest bit says that it is a byte away. */
function endStretch(lane: usize, mark: u32): void {
  const next = mark >> 1;
  let out: usize = load<u32>(lane, OUT);
  if (mark & 1) store<u8>(out++, <u8>byteBefore(next));
  closePiece(load<u32>(lane, PIECE), out);
  setFollowing(load<u32>(lane, STRETCH), next);
  store<u32>(lane, IDLE, STRETCH);
}

/** Makes up to `steps` steps, two bytes each; fewer where a mark is. */
function followAlone(lane: usize, steps: u32): void {
  let row = load<u32>(lane, ROW);
  let out: usize = load<u32>(lane, OUT);
  for (; steps > 0; steps--) {
    const entry = entryOf(row);
    if (isMark(entry)) break;
    store<u16>(out, <u16>pairOf(row, entry));
    row = entry & ROW_MASK;
    out += 2;
  }
  store<u32>(lane, row, ROW);
  store<u32>(lane, <u32>out, OUT);
}

/** The same in all lanes, a step of each in turn: while one waits for memory the others go on. */
function followTogether(steps: u32): void {
  let row0 = load<u32>(laneAt(0), ROW);
  let row1 = load<u32>(laneAt(1), ROW);
  let row2 = load<u32>(laneAt(2), ROW);
  let row3 = load<u32>(laneAt(3), ROW);
  const out0: usize = load<u32>(laneAt(0), OUT);
  const out1: usize = load<u32>(laneAt(1), OUT);
  const out2: usize = load<u32>(laneAt(2), OUT);
  const out3: usize = load<u32>(laneAt(3), OUT);
  let done: usize = 0;
  for (const end: usize = steps << 1; done < end; done += 2) {
    const entry0 = entryOf(row0);
    const entry1 = entryOf(row1);
    const entry2 = entryOf(row2);
    const entry3 = entryOf(row3);
    if (isMark(entry0) || isMark(entry1) || isMark(entry2) || isMark(entry3)) break;
    store<u16>(out0 + done, <u16>pairOf(row0, entry0));
    store<u16>(out1 + done, <u16>pairOf(row1, entry1));
    store<u16>(out2 + done, <u16>pairOf(row2, entry2));
    store<u16>(out3 + done, <u16>pairOf(row3, entry3));
    row0 = entry0 & ROW_MASK;
    row1 = entry1 & ROW_MASK;
    row2 = entry2 & ROW_MASK;
    row3 = entry3 & ROW_MASK;
  }
  store<u32>(laneAt(0), row0, ROW);
  store<u32>(laneAt(1), row1, ROW);
  store<u32>(laneAt(2), row2, ROW);
  store<u32>(laneAt(3), row3, ROW);
  store<u32>(laneAt(0), <u32>(out0 + done), OUT);
  store<u32>(laneAt(1), <u32>(out1 + done), OUT);
  store<u32>(laneAt(2), <u32>(out2 + done), OUT);
  store<u32>(laneAt(3), <u32>(out3 + done), OUT);
}

function entryOf(row: u32): u32 {
  return load<u32>(NEXT + ((<usize>row) << 2));
}

function isMark(entry: u32): bool {
  return entry >> ROW_BITS === STOP;
}
