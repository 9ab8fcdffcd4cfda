import { MAX_PIECES, MAX_STRETCHES, PIECES, PIECE_SIZE, TEXT } from './memory';
import { following, origin } from './stretches';

/* The text of a stretch lies in pieces until all are there: where its place is depends on those before it. */

/** Of each piece the bytes it holds and the piece behind it in its stretch, of each stretch its first piece; words. */
const FILLED = memory.data(MAX_PIECES << 2);
const BEHIND = memory.data(MAX_PIECES << 2);
const FIRST_PIECES = memory.data(MAX_STRETCHES << 2);
const NONE: u32 = 0xffffffff;

let pieces: u32 = 0;

export function forgetPieces(): void {
  pieces = 0;
}

/** A new piece with which the text of a stretch begins. */
export function firstPiece(stretch: u32): u32 {
  store<u32>(FIRST_PIECES + ((<usize>stretch) << 2), pieces);
  return takePiece();
}

/** A new piece behind one that ends at address `end`. */
export function pieceBehind(piece: u32, end: usize): u32 {
  closePiece(piece, end);
  store<u32>(BEHIND + ((<usize>piece) << 2), pieces);
  return takePiece();
}

function takePiece(): u32 {
  store<u32>(BEHIND + ((<usize>pieces) << 2), NONE);
  return pieces++;
}

/** Where the bytes of a piece lie. */
export function pieceAt(piece: u32): usize {
  return PIECES + <usize>piece * PIECE_SIZE;
}

/** A piece holds the bytes up to address `end`. */
export function closePiece(piece: u32, end: usize): void {
  store<u32>(FILLED + ((<usize>piece) << 2), <u32>(end - pieceAt(piece)));
}

/** Puts the stretches together to a text of `size` bytes. A text that repeats itself may be one stretch many times. */
export function joinText(size: u32): void {
  let written: u32 = 0;
  for (let stretch = origin; written < size; stretch = following(stretch)) {
    let piece = load<u32>(FIRST_PIECES + ((<usize>stretch) << 2));
    for (; piece !== NONE && written < size; piece = load<u32>(BEHIND + ((<usize>piece) << 2))) {
      const bytes = min(load<u32>(FILLED + ((<usize>piece) << 2)), size - written);
      memory.copy(TEXT + written, pieceAt(piece), bytes);
      written += bytes;
    }
  }
}
