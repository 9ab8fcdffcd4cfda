/** Unpacks a block of bzip2. The host writes packed bytes to the input area and reads from the output area. */
import { bitAt, openInput, readBits } from './bits';
import { followChains, startChains } from './chains';
import { prepareCrc } from './crc';
import { INPUT, MAX_PACKED, MAX_SYMBOLS, MEMORY_SIZE, OUTPUT, TEXT } from './memory';
import { joinText } from './pieces';
import { expandMore, expandedCrc, startExpansion } from './run-length';
import { cutChain } from './stretches';
import { readSymbols, readTables, symbolCount } from './symbols';
import { DAMAGED, FINE } from './verdict';

/** Length of the mark with which a block begins. */
const MARK_BITS: u32 = 48;
/** The check in the block's header. */
let check: u32 = 0;

export function inputAt(): usize {
  return INPUT;
}

export function outputAt(): usize {
  return OUTPUT;
}

/** Where the block's text lies, its runs still packed. */
export function textAt(): usize {
  return TEXT;
}

/** Prepares the module. False when there is not memory enough. */
export function prepare(): bool {
  const pages = (MEMORY_SIZE + 0xffff) >> 16;
  if (pages > <usize>memory.size() && memory.grow(<i32>pages - memory.size()) < 0) return false;
  prepareCrc();
  return true;
}

/**
 * Reads a block up to the point where only its chain is left. Its 48-bit mark begins at bit `first` of the `size`
 * bytes of the input, and it has to end at bit `end` or before. Returns a verdict.
 */
export function readBlock(size: u32, first: u32, end: u32): u32 {
  if (size > MAX_PACKED) return DAMAGED;
  openInput(size, first + MARK_BITS, end);
  check = (readBits(16) << 16) | readBits(16);
  const isRandomised = readBits(1);
  const firstRow = readBits(24);
  const verdict = readTables();
  if (verdict !== FINE) return verdict;
  const read = readSymbols(MAX_SYMBOLS);
  if (read !== FINE) return read;
  if (isRandomised || firstRow >= symbolCount) return DAMAGED;
  cutChain(symbolCount, firstRow);
  startChains();
  return FINE;
}

/** How many symbols the block has; its stream may allow fewer. */
export function symbols(): u32 {
  return symbolCount;
}

/** The bit behind the block. */
export function endBit(): u32 {
  return bitAt;
}

/** Goes on with turning the block back into text. False when all of it is. */
export function invertMore(): bool {
  return followChains();
}

/** Begins to expand the text. */
export function startText(): void {
  joinText(symbolCount);
  startExpansion(symbolCount);
}

/** Puts the block's next bytes into the output area and returns how many; 0 at its end. */
export function nextBytes(): u32 {
  return expandMore();
}

/** Whether what was expanded is what its header says; asked at the block's end. */
export function isRight(): bool {
  return expandedCrc() === check;
}

/** The check in the block's header. */
export function blockCrc(): u32 {
  return check;
}
