import { ROW_BITS, STOP, linkRows, prepareRows, rowBefore } from './inverse-bwt';
import { MAX_STRETCHES, NEXT, TEXT } from './memory';

/*
 * Every step along a chain waits for memory, and a processor can wait for several places at once. So a block's chain
 * is cut, at rows anywhere, into stretches that are followed side by side and joined in the end. A stretch begins at a
 * row that is marked; since steps are of two bytes, the row one byte before is marked as well.
 */

/** One stretch in so many symbols: short enough that all are at their ends at about the same time. */
const SYMBOLS_PER_STRETCH: u32 = 8192;

/** Within a stretch, words: the row where it begins, that row's entry, the row before and the byte between them. */
const FIRST: usize = 0;
const ENTRY: usize = 4;
const BEFORE: usize = 8;
const BYTE: usize = 12;
/** The stretch that follows it in the text. */
const FOLLOWING: usize = 16;
const STRETCH_SIZE: usize = 20;
const STRETCHES = memory.data(MAX_STRETCHES * 20);

/** How many stretches the block has, and the one with which its text begins. */
export let stretchCount: u32 = 0;
export let origin: u32 = 0;

function stretchAt(stretch: u32): usize {
  return STRETCHES + <usize>stretch * STRETCH_SIZE;
}

/** Links the rows of a block of `count` symbols, whose text begins at `firstRow`, and cuts its chain. */
export function cutChain(count: u32, firstRow: u32): void {
  prepareRows(count);
  stretchCount = count / SYMBOLS_PER_STRETCH + 1;
  const distance = count / stretchCount;
  origin = min(firstRow / distance, stretchCount - 1);
  let row: u32 = 0;
  for (let stretch: u32 = 0; stretch < stretchCount; stretch++) {
    const first = stretch === origin ? firstRow : stretch * distance;
    linkRows(row, first);
    begin(stretchAt(stretch), first);
    row = first;
  }
  linkRows(row, count);
  for (let stretch: u32 = 0; stretch < stretchCount; stretch++) markFirst(stretch);
  for (let stretch: u32 = 0; stretch < stretchCount; stretch++) markBefore(stretch);
}

/** Notes what is only known while rows are linked. */
function begin(stretch: usize, first: u32): void {
  store<u32>(stretch, first, FIRST);
  store<u32>(stretch, rowBefore(first), BEFORE);
  store<u32>(stretch, load<u8>(TEXT + first), BYTE);
}

function markFirst(stretch: u32): void {
  const at = stretchAt(stretch);
  const place = NEXT + ((<usize>load<u32>(at, FIRST)) << 2);
  store<u32>(at, load<u32>(place), ENTRY);
  store<u32>(place, (STOP << ROW_BITS) | (stretch << 1));
}

/** Where another stretch begins at the row before, its first step leads past this mark: both then have the same text. */
function markBefore(stretch: u32): void {
  const place = NEXT + ((<usize>load<u32>(stretchAt(stretch), BEFORE)) << 2);
  if (load<u32>(place) >> ROW_BITS !== STOP) store<u32>(place, (STOP << ROW_BITS) | (stretch << 1) | 1);
}

export function firstRowOf(stretch: u32): u32 {
  return load<u32>(stretchAt(stretch), FIRST);
}

/** The entry of its first row, in the place of which the mark stands. */
export function firstEntryOf(stretch: u32): u32 {
  return load<u32>(stretchAt(stretch), ENTRY);
}

/** The byte before a stretch. */
export function byteBefore(stretch: u32): u32 {
  return load<u32>(stretchAt(stretch), BYTE);
}

export function following(stretch: u32): u32 {
  return load<u32>(stretchAt(stretch), FOLLOWING);
}

export function setFollowing(stretch: u32, next: u32): void {
  store<u32>(stretchAt(stretch), next, FOLLOWING);
}
