/** Equal bytes after which a byte says how many more there are. */
const RUN = 4;
/** Bytes handed out at a time. */
const PIECE = 1024 * 1024;

/** Expands a block's text, piece by piece: in a text of runs each byte may stand for fifty. */
export function* expandRuns(text: Uint8Array): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE);
  let size = 0;
  let equal = 0;
  let last = -1;
  for (const byte of text) {
    if (equal === RUN) {
      piece.fill(last, size, size + byte);
      size += byte;
      equal = 0;
      last = -1;
    } else {
      piece[size++] = byte;
      equal = byte === last ? equal + 1 : 1;
      last = byte;
    }
    if (size > PIECE - 256) {
      yield piece.subarray(0, size);
      piece = Buffer.allocUnsafe(PIECE);
      size = 0;
    }
  }
  if (size > 0) yield piece.subarray(0, size);
}
