/** Unpacks the blocks of bzip2. The host writes packed bytes to the input area and reads from the output area. */
import { bitAt, openInput, readBits } from './bits';
import { followChain, followFourChains } from './chains';
import { prepareCrc } from './crc';
import { linkRows } from './inverse-bwt';
import {
  INPUT,
  LANES,
  LANE_SIZE,
  LANE_TEXT,
  MAX_LANES,
  MAX_PACKED,
  MAX_SYMBOLS,
  OUTPUT,
  laneAt,
} from './memory';
import { expandMore, expandedCrc, startExpansion } from './run-length';
import { readSymbols, readTables, symbolCount } from './symbols';
import { DAMAGED, FINE } from './verdict';

/** Length of the mark with which a block begins. */
const MARK_BITS: u32 = 48;
/** Of the block in each lane: the row where its chain stands, how many symbols it has, the check of its header; words. */
const ROWS = memory.data(MAX_LANES << 2);
const SIZES = memory.data(MAX_LANES << 2);
const CHECKS = memory.data(MAX_LANES << 2);

export function inputAt(): usize {
  return INPUT;
}

export function outputAt(): usize {
  return OUTPUT;
}

/** Prepares the module for `lanes` lanes. False when there is not memory enough. */
export function prepare(lanes: u32): bool {
  const pages = (LANES + <usize>lanes * LANE_SIZE + 0xffff) >> 16;
  if (pages > <usize>memory.size() && memory.grow(<i32>pages - memory.size()) < 0) return false;
  prepareCrc();
  return lanes <= MAX_LANES;
}

/**
 * Reads a block into a lane, up to the point where only its chain is left. Its 48-bit mark begins at bit `first` of
 * the `size` bytes of the input, and it has to end at bit `end` or before. Returns a verdict.
 */
export function readBlock(at: u32, size: u32, first: u32, end: u32): u32 {
  if (size > MAX_PACKED) return DAMAGED;
  openInput(size, first + MARK_BITS, end);
  const crc = (readBits(16) << 16) | readBits(16);
  const isRandomised = readBits(1);
  const origin = readBits(24);
  const verdict = readTables();
  if (verdict !== FINE) return verdict;
  const lane = laneAt(at);
  const read = readSymbols(lane, MAX_SYMBOLS);
  if (read !== FINE) return read;
  if (isRandomised || origin >= symbolCount) return DAMAGED;
  store<u32>(ROWS + (at << 2), origin);
  store<u32>(SIZES + (at << 2), symbolCount);
  store<u32>(CHECKS + (at << 2), crc);
  linkRows(lane, symbolCount);
  return FINE;
}

/** How many symbols the block in a lane has; its stream may allow fewer. */
export function symbolsOf(at: u32): u32 {
  return load<u32>(SIZES + (at << 2));
}

/** The bit behind the block read last. */
export function endBit(): u32 {
  return bitAt;
}

/**
 * Turns the blocks in the first `lanes` lanes back into text: the bytes `from` up to `end`, both even. Chains may go
 * further than their block is long: they are rings, and every lane has room for the longest there can be. Called by
 * slices, for an engine that compiles a function better while it runs can change over only between calls.
 */
export function invert(lanes: u32, from: u32, end: u32): void {
  if (lanes === MAX_LANES) followFourChains(ROWS, from, end);
  else for (let at: u32 = 0; at < lanes; at++) followChain(at, ROWS + (at << 2), from, end);
}

/** Begins to expand the block in a lane, from its start. */
export function startBlock(at: u32): void {
  startExpansion(laneAt(at), symbolsOf(at));
}

/** Puts the block's next bytes into the output area and returns how many; 0 at its end. */
export function nextBytes(): u32 {
  return expandMore();
}

/** Whether what was expanded is what its header says; asked at the block's end. */
export function isRight(at: u32): bool {
  return expandedCrc() === blockCrc(at);
}

/** The check in the header of the block in a lane. */
export function blockCrc(at: u32): u32 {
  return load<u32>(CHECKS + (at << 2));
}

/** Where the text of the block in a lane lies, its runs still packed. */
export function textAt(at: u32): usize {
  return laneAt(at) + LANE_TEXT;
}
