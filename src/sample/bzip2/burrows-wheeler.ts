import { suffixArray } from './suffix-array.ts';

export interface Transformed {
  /** The last column of the sorted rotations. */
  readonly column: Uint8Array;
  /** The row that is the block itself (`origPtr`). */
  readonly row: number;
}

/**
 * The Burrows-Wheeler transform of a block that is not empty.
 *
 * bzip2 sorts rotations, not suffixes. Of a text that starts with its least rotation the two orders
 * are the same, so the block is turned there first.
 */
export function burrowsWheeler(block: Uint8Array): Transformed {
  const length = block.length;
  const turn = leastRotation(block);
  const text = new Int32Array(length);
  for (let at = 0; at < length; at++)
    text[at] = block[at + turn < length ? at + turn : at + turn - length] ?? 0;
  const sorted = suffixArray(text, 256);
  const column = new Uint8Array(length);
  const own = turn === 0 ? 0 : length - turn;
  let row = 0;
  for (let place = 0; place < length; place++) {
    const start = sorted[place] ?? 0;
    if (start === own) row = place;
    column[place] = text[start === 0 ? length - 1 : start - 1] ?? 0;
  }
  return { column, row };
}

/** Where the rotation that sorts first begins: two candidates are compared, the loser skips what was equal. */
function leastRotation(block: Uint8Array): number {
  const length = block.length;
  let best = 0;
  let rival = 1;
  let equal = 0;
  while (best < length && rival < length && equal < length) {
    const a = block[(best + equal) % length] ?? 0;
    const b = block[(rival + equal) % length] ?? 0;
    if (a === b) {
      equal++;
      continue;
    }
    if (a > b) best += equal + 1;
    else rival += equal + 1;
    if (best === rival) rival++;
    equal = 0;
  }
  return Math.min(best, rival);
}
